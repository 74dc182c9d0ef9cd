// The names of all variables of formats in tmux 3.4 and what they tell, by the thing that they are about. Read by the
// server (a name that is not here is unknown: empty) and by docs/tmux.md; `mode` and mouse are empty in bide.

export type VariableSubject = "server" | "session" | "window" | "pane" | "client" | "item" | "mode";

export interface FormatVariable {
  readonly name: string;
  readonly subject: VariableSubject;
  /** The short form, `#S`. */
  readonly alias: string | undefined;
  readonly meaning: string;
}

const SERVER = `
config_files the configuration files that were read
current_file the configuration file being read
host #H the machine's name
host_short #h the machine's name without its domain
next_session_id the id that the next session gets
pid the process id of the server
server_sessions how many sessions there are
socket_path the path of the server's socket
start_time when the server started
uid the user id of the server
user the user of the server
version the version, 3.4
`;

const SESSION = `
active_window_index the index of the current window
last_window_index the highest index
session_activity when something last happened in it
session_active 1 for the session of the client
session_activity_flag 1 if any window has activity
session_alerts indexes of windows with alerts
session_attached how many clients are attached
session_attached_list their names
session_bell_flag 1 if any window has a bell
session_created when it was made
session_format 1 if the format is for a session
session_group the name of its group
session_group_attached how many clients the group has
session_group_attached_list their names
session_group_list the sessions of the group
session_group_many_attached 1 if several clients are attached to the group
session_group_size how many sessions the group has
session_grouped 1 if it is in a group
session_id its id, $1
session_last_attached when a client was last attached
session_many_attached 1 if several clients are attached
session_marked 1 if it has the marked pane
session_name #S its name
session_path its working directory
session_silence_flag 1 if any window has silence
session_stack indexes of its windows, the most recent first
session_windows how many windows it has
`;

const WINDOW = `
window_active 1 if it is the current one
window_active_clients how many clients look at it
window_active_clients_list their names
window_active_sessions in how many sessions it is current
window_active_sessions_list their names
window_activity when something last happened in it
window_activity_flag 1 if it has activity
window_bell_flag 1 if it has a bell
window_bigger 1 if it is larger than the client
window_cell_height height of a cell in pixels
window_cell_width width of a cell in pixels
window_end_flag 1 if it has the highest index
window_flags #F its flags with # doubled
window_format 1 if the format is for a window
window_height its height in cells
window_id its id, @1
window_index #I its index
window_last_flag 1 if it was the one before
window_layout its layout, without zoom
window_linked 1 if several sessions have it
window_linked_sessions how many sessions have it
window_linked_sessions_list their names
window_marked_flag 1 if it has the marked pane
window_name #W its name
window_offset_x the first column that the client shows
window_offset_y the first row that the client shows
window_panes how many panes it has
window_raw_flags its flags
window_silence_flag 1 if it has silence
window_stack_index its place among the most recent ones
window_start_flag 1 if it has the lowest index
window_visible_layout its layout as it is seen
window_width its width in cells
window_zoomed_flag 1 if a pane is zoomed
`;

const PANE = `
alternate_on 1 in the alternate screen
alternate_saved_x column of the cursor that is saved for it
alternate_saved_y row of the cursor that is saved for it
cursor_blinking 1 if the cursor blinks
cursor_character the character under the cursor
cursor_colour the cursor's colour
cursor_flag 1 if the cursor is shown
cursor_shape the cursor's shape
cursor_very_visible 1 if the cursor is very visible
cursor_x column of the cursor
cursor_y row of the cursor
history_all_bytes bytes, lines and cells of its history in one
history_bytes bytes of its history
history_limit the most lines of history
history_size lines of history
insert_flag insert mode
keypad_cursor_flag application cursor keys
keypad_flag application keypad
mouse_all_flag every motion of the mouse is asked for
mouse_any_flag the mouse is asked for
mouse_button_flag drags of the mouse are asked for
mouse_sgr_flag SGR reports of the mouse
mouse_standard_flag clicks of the mouse are asked for
mouse_utf8_flag UTF-8 reports of the mouse
origin_flag origin mode
pane_active 1 if it is the active one
pane_at_bottom 1 at the bottom of the window
pane_at_left 1 at the left
pane_at_right 1 at the right
pane_at_top 1 at the top
pane_bg its background
pane_bottom its last row in the window
pane_current_command the program in the foreground
pane_current_path the directory of that program
pane_dead 1 if its program has ended
pane_dead_signal the signal that ended it
pane_dead_status its exit code
pane_dead_time when it ended
pane_fg its foreground
pane_format 1 if the format is for a pane
pane_height its height in cells
pane_id #D its id, %1
pane_in_mode 1 if it is in a mode
pane_index #P its index
pane_input_off 1 if it takes no input
pane_key_mode how its program wants keys
pane_last 1 if it was the active one before
pane_left its first column in the window
pane_marked 1 if it is the marked one
pane_marked_set 1 if there is a marked pane
pane_mode the name of its mode
pane_path the directory that its program told
pane_pid the process id of its first program
pane_pipe 1 if it is piped
pane_right its last column in the window
pane_search_string the last search in copy mode
pane_start_command the command that it was started with
pane_start_path the directory that it was started in
pane_synchronized 1 if what is typed goes to all panes
pane_tabs columns of its tab stops
pane_title #T its title
pane_top its first row in the window
pane_tty its terminal
pane_unseen_changes 1 if it changed while in a mode
pane_width its width in cells
scroll_region_lower last row of the scroll region
scroll_region_upper first row of the scroll region
wrap_flag automatic wrap
`;

const CLIENT = `
client_activity when it last did something
client_cell_height height of a cell in pixels
client_cell_width width of a cell in pixels
client_control_mode 1 in control mode
client_created when it was attached
client_discarded bytes thrown away because it was behind
client_flags its flags
client_height its height in cells
client_key_table the key table in use
client_last_session the session before
client_mode_format its format in modes
client_name its name
client_pid its process id
client_prefix 1 after the prefix key
client_readonly 1 if it may not type
client_session its session
client_termfeatures what its terminal can do
client_termname its TERM
client_termtype what its terminal calls itself
client_theme dark or light
client_tty its terminal
client_uid its user id
client_user its user
client_utf8 1 for UTF-8
client_width its width in cells
client_written bytes written to it
`;

const ITEM = `
buffer_created when the buffer was made
buffer_full all of the buffer
buffer_name the name of the buffer
buffer_sample its beginning
buffer_size its bytes
command the command being run
command_list_alias the alias, in list-commands
command_list_name the name, in list-commands
command_list_usage the usage, in list-commands
hook the hook being run
hook_client the client that it was run for
hook_pane the pane that it was run for
hook_session the session that it was run for
hook_session_name its name
hook_window the window that it was run for
hook_window_name its name
line the number of the line in a list
loop_last_flag 1 for the last item of a loop
`;

const MODE = `
copy_cursor_hyperlink the link under the cursor of copy mode
copy_cursor_line its line
copy_cursor_word the word under it
copy_cursor_x its column
copy_cursor_y its row
mouse_hyperlink the link under the mouse
mouse_line the line under the mouse
mouse_pane the pane under the mouse
mouse_status_line the status line under the mouse
mouse_status_range the part of it
mouse_word the word under the mouse
mouse_x the mouse's column
mouse_y the mouse's row
rectangle_toggle 1 if a rectangle is selected
scroll_position how far copy mode has scrolled
search_count how often the search was found
search_count_partial 1 if that is not all
search_match what the search found
search_present 1 if there is a search
search_timed_out 1 if the search took too long
selection_active 1 if the selection follows the cursor
selection_end_x its last column
selection_end_y its last row
selection_present 1 if something is selected
selection_start_x its first column
selection_start_y its first row
top_line_time when the top line was printed
`;

const BY_SUBJECT: Readonly<Record<VariableSubject, string>> = {
  server: SERVER,
  session: SESSION,
  window: WINDOW,
  pane: PANE,
  client: CLIENT,
  item: ITEM,
  mode: MODE,
};

const SUBJECTS = ["server", "session", "window", "pane", "client", "item", "mode"] as const;

export const FORMAT_VARIABLES: readonly FormatVariable[] = SUBJECTS.flatMap((subject) =>
  BY_SUBJECT[subject]
    .trim()
    .split("\n")
    .map((line) => {
      const [, name = "", alias, meaning = ""] = /^(\S+) (?:(#\S) )?(.*)$/.exec(line) ?? [];
      return { name, subject, alias, meaning };
    }),
);

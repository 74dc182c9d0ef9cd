// Hundreds of formats expanded by the real tmux and by src/tmux/formats, over the same session: the texts are equal.

import { expect } from "bun:test";
import { expandFormat } from "../../src/tmux/formats/expand.ts";
import type { FormatScope, LoopItem } from "../../src/tmux/formats/scope.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { RealTmux } from "./real-tmux.ts";

const VARIABLES =
  "session_name session_id session_windows session_created session_attached window_name window_index window_id " +
  "window_active window_flags window_width window_panes window_layout pane_id pane_index pane_active pane_title " +
  "pane_width pane_height pane_current_path pane_start_command pane_dead host host_short window_format pane_format " +
  "pane_in_mode alternate_on window_zoomed_flag version line";

const OPTIONS = "@a @b @empty @format @wide @path @style @time mouse status-left base-index @zero automatic-rename";

const FORMATS = [
  // Names, aliases, escapes, styles.
  "plain",
  "#{session_name}:#{window_index}.#{pane_index}",
  "#S #I #P #W #D #T #H #h #F",
  "#{nosuch}|#{}|#{ session_name}|#x|#Z|#1",
  "## #, #} ### #### #",
  "a##b##[c]#[fg=red]d###[e]#[]",
  "#[fg=#{@a}]x#[default]",
  "#{@a}#{@b}#{@empty}#{@nosuch}",
  "#{mouse} #{status-left} #{base-index} #{automatic-rename}",
  "#{session_name",
  "before #{session_name after",
  "#{?session_name",
  "x#{==:a}y",
  "#{?a}z",
  "{#{session_name}}",
  "#{HOME}",
  "100% %% %Y %j",
  // Conditions.
  "#{?session_name,yes,no}",
  "#{?nosuch,yes,no}",
  "#{?pane_dead,yes,no}",
  "#{?@zero,yes,no}",
  "#{?@empty,yes,no}",
  "#{?#{==:#{@a},alpha},#{?1,in,out},no}",
  "#{?1,a#,b,c}",
  "#{?0,a,b,c}",
  "#{?1,#[fg=white#,bg=red],x}",
  "#{?1,a#}b,c}",
  "#{?,a,b}",
  "#{?x y,a,b}",
  "#{?#{l:0},a,b}",
  "#{?mouse,on,off}",
  "#{?window_zoomed_flag,Z,-}#{?pane_active,*,}",
  // Comparisons.
  "#{==:a,a}#{==:a,b}#{!=:a,b}#{!=:a,a}",
  "#{<:a,b}#{<:b,a}#{>:a,b}#{>:b,a}#{<=:a,a}#{>=:b,a}#{<:10,9}",
  "#{==:#{session_name},first}#{==:,}#{==:a#,b,a#,b}",
  "#{||:0,1}#{||:0,0}#{||:,}#{&&:1,1}#{&&:1,0}#{&&:x,y}",
  "#{&&:#{==:a,a},#{||:0,#{!=:b,c}}}",
  "#{m:*foo*,xfoox}#{m:foo,xfoox}#{m:f?o,fxo}#{m:[a-c]x,bx}#{m:[!a-c]x,bx}#{m:\\*,*}#{m:a\\*,ab}",
  "#{m/r:^f,foo}#{m/r:o$,foo}#{m/ri:^A,abc}#{m/i:A*,abc}#{m/r:(copy|view)-mode,view-mode}#{m/r:[[:digit:]]+,a1}",
  "#{m/r:[,abc}#{m:[,abc}#{m:[[:alpha:]],x}",
  "#{m:*,#{session_name}}#{m:F*,first}#{m:#{@a}*,alphabet}",
  // Arithmetic.
  "#{e|+:1,2} #{e|-:1,2} #{e|*:3,4} #{e|/:7,2} #{e|m:7,3} #{e|%%:7,3}",
  "#{e|+|f:1.5,2} #{e|*|f|4:5.5,3} #{e|/|f:1,3} #{e|/|f|0:1,3} #{e|/|f|5:2,3}",
  "#{e|==:1,1}#{e|==:1,2}#{e|!=:1,2}#{e|<:9,10}#{e|>:9,10}#{e|<=:2,2}#{e|>=:1,2}",
  "#{e|+:1.9,1.9} #{e|+:x,1} #{e|+:1} #{e|?:1,2} #{e:1,2} #{e|+|q:1,2} #{e|-:#{window_width},10}",
  "#{e|+|f|x:1,2}|#{e|+:,1}|#{e|-:-3,4}|#{e|/:-7,2}|#{e|m:-7,3}",
  // Cutting, padding, measuring.
  "#{=3:@a}|#{=-3:@a}|#{=0:@a}|#{=10:@a}|#{=x:@a}|#{=:@a}",
  "#{=/3/...:@a}|#{=/-3/...:@a}|#{=/10/...:@a}|#{=|3|>:@a}",
  "#{=2:@wide}|#{=3:@wide}|#{=-3:@wide}|#{=-2:@wide}|#{=1:@wide}",
  "#{=2:@style}|#{=-2:@style}|#{=4:@style}",
  "#{=3:#{@a}#{@b}}",
  "[#{p10:@a}][#{p-10:@a}][#{p2:@a}][#{p0:@a}][#{p:@a}][#{p8:@wide}]",
  "#{n:@a} #{n:@empty} #{n:@wide} #{w:@a} #{w:@wide} #{w:@style} #{n:nosuch}",
  "#{p8;=3:@a}|#{=3;p8:@a}|#{=/2/~;p6:@b}|#{p-6;=2;n:@a}",
  // Values.
  "#{b:@path} #{d:@path} #{b:#{@path}} #{d:@a} #{b:@empty}|#{d:@empty}",
  "#{b;=2:@path}|#{d;=2:@path}|#{b:pane_current_path}",
  "#{q:@style} #{q/e:@style} #{q/h:@style} #{q:@format} #{q:@path}",
  "#{l:#{?pane_in_mode,yes,no}}|#{l:a#,b}|#{l:##}|#{l:x}",
  "#{a:98}#{a:200}#{a:x}#{a:31}#{a:#{e|+:60,5}}",
  "#{c:red} #{c:colour200} #{c:#abcdef} #{c:nosuch} #{c:darkorange1} #{c:93}",
  "#{E:@format} #{T:@format} #{E:@a} #{E:@time} #{T:@time}",
  "#{s/a/x/:@a}|#{s/a(.)/\\1x/i:#{l:abABab}}|#{s/^a/b/:@a}|#{s/a$/b/:@a}|#{s/zz/b/:@a}|#{s/a//:@a}",
  "#{s|l.|<\\0>|:@a}#{s/a/b/;s/b/c/:@a}#{s/x/y/;=2:@a}#{s/(a)(l)/\\2\\1/:@a}",
  "#{s/[[:alpha:]]/#{@b}/:@a}",
  "#{t:session_created}",
  "#{t/f/%%Y:session_created}|#{t/f/%%Y-%%j %%a:session_created}|#{t/p:session_created}|#{t:@a}|#{t:@zero}",
  "#{t/f/%%H#:%%M:session_created}",
  "#{t:@time}",
  // Lists.
  "#{S:#{session_name},}",
  "#{W:#{window_index} }",
  "#{W:#{window_index},[#{window_index}]}",
  "#{P:#{pane_id} }",
  "#{P:#{pane_index},<#{pane_index}>}",
  "#{S:#{session_name}=#{W:#{window_index}.#{P:#{pane_index}}}}",
  "#{W:#{?window_active,#{=1:@a},-}}",
  "#{N:first}#{N/w:cat}#{N/s:first}#{N/s:nosuch}#{N/w:nosuch}",
  // What is nothing.
  "#{x:@a}|#{xx;yy:@a}|#{=3@a}|#{:@a}|#{;:@a}|#{b;;d:@path}",
  "#{E:nosuch}|#{=3:nosuch}|#{p3:nosuch}|",
  "#{session_name}#{session_name:}",
  "#{?#{m:*,},a,b}#{?#{||:#{pane_dead},#{pane_in_mode}},x,y}",
  "#{@a}}#{@b}",
  "#{?1,#{?0,a,#{?1,deep,b}},c}",
  "#(echo)|",
  "#{?session_name,#{?nosuch,a,#{?pane_active,deep,b}},c}",
  "#{e|+:0x10,1} #{e|+: 1,2} #{e|*|f|2:1e2,2} #{e|/:1,0} #{e|/|f:1,0} #{e|m:1,0} #{e|+:99999999999,1}",
  "#{m:,}#{m:a}|#{m:a,b",
  "#{=-0:@a}|#{=+2:@a}|#{= 2:@a}|#{=2.5:@a}|#{p+8:@a}|#{p 7:@a}|",
  "#{=/-3/##/:@a}|#{=/2/#{@b}:@a}|#{=#{l:2}:@a}|#{p#{l:7}:@a}|",
  "#{s/l/#,/:@a}|#{s/l/#}/:@a}|#{s/\\./x/:@path}|#{s/l/a:b/:@a}|#{s#l#x#:@a}|",
  "#{?@a,#{@b},}#{?@empty,x,#{=2:@a}}#{?session_attached,(attached),}",
  "#{window_name}#{?window_flags, #{window_flags},}#{==:#{window_flags},*}",
  "#{T:status-left}|#{E;=3:status-left}|#{=3;E:status-left}",
  "a#{}b#{ }c#{?}d",
  "#{b:a/b/}#{d:/a}#{n:#{@wide}}#{n:x#{l:yz}}",
  "#{||:#{m:f*,#S},0}#{<=:#{window_width},9}#{==:#{e|+:1,1},2}",
  "#{W/x:#S}#{P;=2:#{pane_id}}#{=2;P:#{pane_id}}#{n;W:x}",
  "#[range=window|1]#{?#{==:1,1},#[bold]x#[nobold],y}#[norange]",
  "#{q:@nosuch}|#{q/x:@a}|#{b:@a b}|#{d;b:@path}|#{b;q:@path}",
  "#{pane_id},#{pane_id}#,#{pane_id}##{pane_id}###{pane_id}",
] as const;

needs("tmux")("formats expanded over a session, are what tmux prints", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box, 120, 40);
  const values: Readonly<Record<string, string>> = {
    "@a": "alpha",
    "@b": "beta",
    "@empty": "",
    "@format": "#{@a}-#S-%%Y $x",
    "@wide": "日本語",
    "@path": "/usr/local/share name",
    "@style": "#[fg=red]ab#[bold]cd##e",
    "@time": "%Y",
    "@zero": "0",
  };
  for (const [name, value] of Object.entries(values)) tmux.run("set-option", "-g", name, value);
  tmux.source([
    "set-option -g automatic-rename off",
    "split-window -d -h cat",
    "split-window -d cat",
    "new-window -d -n other cat",
    "new-session -d -s second -x 80 -y 24 cat",
    "select-pane -t first:0.1",
  ]);
  const scope = scopeOf(tmux, "first:0.1");
  const expected = tmux.expand(FORMATS, "first:0.1");
  for (const [index, format] of FORMATS.entries()) {
    expect([format, expandFormat(format, scope, { time: true })]).toEqual([format, expected[index] ?? ""]);
  }
});

/** The session as a scope: values as the real tmux tells them, one by one, without modifiers. */
function scopeOf(tmux: RealTmux, target: string): FormatScope {
  const names = VARIABLES.split(" ");
  const told = tmux.expand(
    names.map((name) => `#{${name}}`),
    target,
  );
  const variables = new Map(names.map((name, index) => [name, told[index] ?? ""]));
  const optionNames = OPTIONS.split(" ");
  const options = new Map(
    optionNames.map((name) => [
      name,
      tmux.run("display-message", "-p", "-t", target, `#{${name}}`).stdout.slice(0, -1),
    ]),
  );
  const within = (one: string) => scopeOf(tmux, one);
  const list = (...argv: string[]) =>
    tmux
      .run(...argv)
      .stdout.trim()
      .split("\n");
  const [session = "", place = ""] = target.split(":");
  const [window = ""] = place.split(".");
  return {
    variable: (name) => variables.get(name),
    option: (name) => (tmux.run("show-options", "-gqv", name).code === 0 ? options.get(name) : undefined),
    environment: (name) =>
      name === "HOME" ? tmux.run("show-environment", "-g", name).stdout.trim().slice(5) : undefined,
    nameExists: (kind, name) =>
      list(
        kind === "session" ? "list-sessions" : "list-windows",
        ...(kind === "session" ? [] : ["-t", session]),
        "-F",
        `#{${kind}_name}`,
      ).includes(name),
    loop: (kind): LoopItem[] => {
      if (kind === "sessions") {
        return list("list-sessions", "-F", "#{session_name}").map((name) => ({
          scope: within(`${name}:`),
          current: false,
        }));
      }
      if (kind === "windows") {
        return list("list-windows", "-t", session, "-F", "#{session_name}:#{window_index} #{window_active}").map(
          (line) => ({
            scope: within(line.split(" ")[0] ?? ""),
            current: line.endsWith(" 1"),
          }),
        );
      }
      return list(
        "list-panes",
        "-t",
        `${session}:${window}`,
        "-F",
        "#{session_name}:#{window_index}.#{pane_index} #{pane_active}",
      ).map((line) => ({ scope: within(line.split(" ")[0] ?? ""), current: line.endsWith(" 1") }));
    },
  };
}

package dev.sloth.launcher;

import java.nio.file.Path;

/// The workflow of the battery of masters and agents: tasks of all kinds. Each prints numbered
/// lines and leaves, in the middle of them, a line in a file that is named by the attempt; the line
/// names the agent or its folder.
final class FleetBattery {
    /// How many lines each attempt prints.
    static final int LINES = 8;

    /// How many agents there are: a1, a2, and so on.
    static final int AGENTS = 3;

    static final int TASKS = 18;

    private FleetBattery() {}

    /// How a task does its work.
    enum Kind {
        /// A line for a shell, wherever.
        SHELL('s'),
        /// A program with arguments, where a selector says.
        ARGV('v'),
        /// A function that must not be called twice.
        LUA('l'),
        /// A function that may be called again.
        AGAIN('i'),
        /// A function that has a process do it.
        CHILD('c'),
        /// A shell on each agent at once.
        EACH('e'),
        /// A shell that fails the first time and is declared to be tried again.
        RETRIED('r'),
        /// A shell where a function says.
        PLACED('p');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(String task) {
            for (var kind : values()) {
                if (kind.letter == task.charAt(0)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no task of the battery: " + task);
        }

        /// How many lines all attempts of a task leave when none is cut short.
        int effects() {
            return switch (this) {
                case EACH -> AGENTS;
                case RETRIED -> 2;
                case SHELL, ARGV, LUA, AGAIN, CHILD, PLACED -> 1;
            };
        }
    }

    /// @param effects a folder
    static String script(Path effects) {
        return """
        local effects, lines = "%1$s/", %2$d
        local kinds = { "s", "l", "v", "i", "e", "s", "c", "r", "p" }
        local line = "i=1; while [ $i -le " .. lines .. " ]; do echo line $i; sleep 0.03; "
            .. "[ $i = 4 ] && echo $PWD >> " .. effects .. "$(basename $PWD); i=$((i+1)); done"
        local function name(i) return kinds[(i - 1) %% #kinds + 1] .. i end
        local function called(own, act)
            return function(this)
                for i = 1, lines do
                    print("line " .. i)
                    if i %% 2 == 0 then exec.run("sleep 0.01") end
                    if i == 4 then act(effects .. own .. "-" .. this.attempt, this.agent) end
                end
                return true
            end
        end
        local function append(file, agent) fs.append(file, agent .. "\\n") end
        local function child(file, agent) exec.run("echo " .. agent .. " >> " .. file) end
        local tasks = {}
        for i = 1, %3$d do
            local own, t = name(i), task(name(i))
            local kind = own:sub(1, 1)
            if i > 6 and i %% 3 ~= 0 then t:depends_on({ name(i - 6), name(i - 4) }) end
            if kind == "s" then t:command(line)
            elseif kind == "v" then
                t:delegate_to({ tags = { "all" } }):command({ "/bin/sh", "-c", line })
            elseif kind == "e" then t:delegate_to({ "a1", "a2", "a3" }):command(line)
            elseif kind == "r" then
                t:retries(1):command(line .. "; case $PWD in *-1) exit 1;; esac")
            elseif kind == "p" then
                t:delegate_to(function() return "a" .. (i %% 3 + 1) end):command(line)
            elseif kind == "c" then t:command(called(own, child))
            else t:idempotent(kind == "i"):command(called(own, append)) end
            tasks[i] = t:build()
        end
        workflow.define("battery"):tasks(tasks)
        """
                .formatted(effects, LINES, TASKS);
    }
}

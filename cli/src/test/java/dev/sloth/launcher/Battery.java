package dev.sloth.launcher;

import java.nio.file.Path;

/// The workflow of the crash battery: tasks of all kinds that leave one line each in a file, named
/// by their kind and number.
final class Battery {
    static final int TASKS = 200;

    private Battery() {}

    /// How a task leaves its line.
    enum Kind {
        SHELL,
        ARGV,
        LUA,
        /// A function that has a process do it.
        CHILD,
        /// A function that may be called again.
        AGAIN;

        /// Whether the main command lives on when the runner dies.
        boolean survives() {
            return this == SHELL || this == ARGV;
        }

        static Kind of(String task) {
            return switch (task.charAt(0)) {
                case 's' -> SHELL;
                case 'v' -> ARGV;
                case 'l' -> LUA;
                case 'c' -> CHILD;
                case 'i' -> AGAIN;
                default -> throw new IllegalArgumentException("no task of the battery: " + task);
            };
        }
    }

    static String script(Path effects) {
        return """
        local effects = "%1$s"
        local append = "echo '%%s' >> '" .. effects .. "'"
        local kinds = { "s", "v", "s", "l", "s", "v", "c", "s", "v", "i" }
        local function name(i) return kinds[i %% #kinds + 1] .. i end
        local tasks = {}
        for i = 1, %2$d do
            local own, t = name(i), task(name(i))
            local kind, line = own:sub(1, 1), append:format(name(i))
            if i > 10 and i %% 3 ~= 0 then t:depends_on({ name(i - 10), name(i - 7) }) end
            if kind == "s" then
                t:command("sleep 0.00" .. i %% 7 .. "; " .. line)
            elseif kind == "v" then
                t:command({ "/bin/sh", "-c", line })
            elseif kind == "c" then
                t:command(function() return exec.run(line .. "; sleep 0.02").success end)
            else
                t:idempotent(kind == "i"):command(function()
                    fs.append(effects, own .. "\\n")
                    return true
                end)
            end
            tasks[i] = t:build()
        end
        workflow.define("battery"):tasks(tasks):config({ max_parallel_tasks = 8 })
        """
                .formatted(effects, TASKS);
    }
}

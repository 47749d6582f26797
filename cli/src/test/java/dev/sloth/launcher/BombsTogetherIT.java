package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scripts of which each may have more memory than the process, all at once and with the usual
/// limits: they are refused, and those beside them that need little are done.
final class BombsTogetherIT {
    private static final String SCRIPT =
            """
            local kinds = {
                "local t = {} for i = 1, 1e9 do t[i] = { i } end",
                "local t = {} for i = 1, 1e9 do t[i] = 'x' .. i end",
                "local s = 'x' while true do s = s .. s end",
                "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000000 + i) end",
                "local t = {} for i = 1, 1e9 do t[i] = function() return i end end",
                "local t = {} for i = 1, 1e9 do t['k' .. i] = i end",
                "local t = {} for i = 1, 1e9 do t[i] = data.json_decode('[' .. ('1,'):rep(100000) .. '1]') end",
            }
            local tasks = {}
            for i = 1, values.bombs do
                local bomb = kinds[(i - 1) % #kinds + 1]
                tasks[i] = task("bomb" .. i):command(function() assert(loadstring(bomb))() return true end)
            end
            for i = 1, 12 do
                tasks[#tasks + 1] = task("good" .. i):command(function()
                    for _ = 1, 50 do
                        local t = {}
                        for j = 1, 1000 do t[j] = { j, "x" .. j } end
                        assert(#data.json_encode(t) > 1000)
                    end
                    return true
                end)
            end
            workflow.define("together"):max_parallel_tasks(100):fail_fast(false):tasks(tasks)
            """;

    private static final int GOOD = 12;

    @TempDir private Path scratch;

    @ParameterizedTest
    @CsvSource({"12, 160m", "60, 128m"})
    void each_is_refused_and_the_others_are_done(int bombs, String heap) throws Exception {
        Files.writeString(scratch.resolve("together.sloth"), SCRIPT);
        var ended =
                Shell.in(scratch, Files.createDirectory(scratch.resolve("home")))
                        .with("JAVA_TOOL_OPTIONS", "-Xmx" + heap)
                        .run(
                                Shell.root().resolve("sloth-runner").toString(),
                                "run",
                                "together.sloth",
                                "--var",
                                "bombs=" + bombs,
                                "--max-parallel",
                                "100");
        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        for (int i = 1; i <= GOOD; i++) {
            assertThat(ended.all()).contains("[good" + i + "] succeeded");
        }
        assertThat(ended.all())
                .contains(
                        "%d of %d done, %d failed".formatted(bombs + GOOD, bombs + GOOD, bombs),
                        "or raise script.total_memory")
                .doesNotContain("OutOfMemory", "internal error", "SLOTH-9008");
    }
}

package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.Tiering;
import dev.sloth.testkit.Gen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs made by chance print the same and end in the same way here and in Debian's `lua5.1`.
class DifferentialTest {
    private static final String DRIVER = "differential.lua";
    private static final int PROGRAMS = 500;

    @TempDir private Path folder;
    private Peer peer;
    private Ours asItIs;

    /// Leaves functions in the tree, and has each loop become a class in the middle of it.
    private Ours switching;

    private int compared;
    private int skipped;

    @BeforeEach
    void open() throws IOException {
        peer = new Peer(Files.write(folder.resolve(DRIVER), driver()));
        asItIs = new Ours(Tiering.DEFAULT);
        switching = new Ours(new Tiering(Integer.MAX_VALUE, 2));
    }

    /// A state of ours with the driver in it.
    private static final class Ours {
        private final Lua lua;
        private final LuaFunction run;

        Ours(Tiering tiering) throws IOException {
            lua = Lua.bare(Budget.DEFAULT, tiering);
            Libraries.open(lua.state(), Grants.NONE, Surroundings.NOTHING);
            run =
                    switch (Script.compile(DRIVER, driver())) {
                        case Script.Outcome.Ready(var script) ->
                                (LuaFunction) lua.run(script).getFirst();
                        case Script.Outcome.Wrong(var errors) -> fail(errors.toString());
                    };
        }

        String run(String program) {
            return lua.call(run, program).getFirst().toString();
        }
    }

    @AfterEach
    void close() {
        asItIs.lua.close();
        switching.lua.close();
        peer.close();
    }

    private static byte[] driver() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DifferentialTest.class.getResourceAsStream(DRIVER))) {
            return in.readAllBytes();
        }
    }

    @Test
    void programs_do_what_they_do_in_lua_5_1() {
        Gen.forAll(PROGRAMS, this::same);
        assertThat(compared).as("programs that were compared").isGreaterThan(20 * skipped);
    }

    /// One that goes on for too long, and one that shows what C writes for numbers that are none.
    private static boolean isNotForUs(String answer) {
        return answer.equals("too long") || answer.contains("nan") || answer.contains("inf");
    }

    private void same(Gen gen) throws IOException {
        var program = new Programs(gen).program();
        var theirs = Wording.of(peer.run(program));
        if (isNotForUs(theirs)) {
            skipped++;
            return;
        }
        compared++;
        for (var ours : List.of(asItIs, switching)) {
            assertThat(ours.run(program)).as(() -> "%n" + program + "%n").isEqualTo(theirs);
        }
    }
}

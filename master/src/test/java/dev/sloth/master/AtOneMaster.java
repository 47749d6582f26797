package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of a master have in common: each begins with one that knows nobody.
abstract class AtOneMaster {
    @TempDir Path folder;
    World world;

    @BeforeEach
    void beginWorld() {
        world = new World(folder);
    }

    @AfterEach
    void endWorld() throws Exception {
        world.close();
    }

    /// Of the refusal that this must come to, which says what is wrong and what helps.
    static String code(ThrowingCallable act) {
        var problems = catchThrowableOfType(Problems.class, act);
        assertThat(problems).as("a refusal").isNotNull();
        var problem = problems.list().getFirst();
        assertThat(problem.message()).isNotEmpty();
        assertThat(problem.remedy()).isNotEmpty();
        return problem.code();
    }
}

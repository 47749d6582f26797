package dev.sloth.plugins.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceStatesTest {
    private static final String REFUSED = "state is one of pending, applied, failed";

    @Test
    void a_resource_can_only_stand_as_the_reference_says() {
        var stack = new Caller(StackModule.module(), new TestHost());
        for (var state : List.of("bogus", "", "Applied", 1, true)) {
            assertThatThrownBy(() ->
                            stack.all("update_resource", "file", "conf", Map.of("state", state)))
                    .isInstanceOf(CallFailure.class)
                    .hasMessageContaining(REFUSED);
        }
        for (var state : List.of("pending", "applied", "failed")) {
            Resource.checkState(new DataTable().with("state", state));
        }
        Resource.checkState(new DataTable().with("error", "no"));
    }
}

package dev.sloth.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static String read(Value.Table wanted) {
        return Selection.of(wanted).who().map(Selector::text).orElse("anybody");
    }

    @Test
    void everything_that_a_table_says_is_asked_for_together() {
        assertThat(read(new DataTable())).isEqualTo("anybody");
        assertThat(read(new DataTable().with("tags", "web").with("region", "eu")))
                .isEqualTo("'web' in tags and region == 'eu'");
        assertThat(read(new DataTable().with("name", "web-*").with("pool", "blue")))
                .isEqualTo("name matches 'web-*' and labels.pool == 'blue'");
        assertThat(read(new DataTable().with("labels", new DataTable().with("rack", 7))))
                .isEqualTo("labels.rack == '7'");
        var either = "region == 'eu' or region == 'us'";
        assertThat(read(new DataTable().with("tags", "db").with("selector", either)))
                .isEqualTo("'db' in tags and (region == 'eu' or region == 'us')");
    }

    @Test
    void a_selector_may_stand_in_another() {
        var inner = new DataTable().with("region", "eu").with("count", 3);
        var selection = Selection.of(new DataTable().with("tags", "db").with("selector", inner));
        assertThat(selection.who().map(Selector::text)).hasValue("'db' in tags and region == 'eu'");
        assertThat(selection.count()).isEqualTo(3);
    }

    @Test
    void what_is_not_known_here_is_told() {
        var table = new DataTable().with("strategy", "by_price");
        var problems = catchThrowableOfType(Problems.class, () -> Selection.of(table));
        assertThat(problems.list().getFirst().message()).contains("by_price");
        assertThat(Selection.of(new DataTable().with("strategy", "least_busy")).count()).isOne();
    }
}

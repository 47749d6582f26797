package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTest {
    private static final String GOOD =
            """
            local a = task("a"):command("true")
            workflow.define("w"):tasks({ a })
            """;
    private static final String ODD =
            """
            local a = task("a"):comand("true")
            log.info("\u00e4", {}, 3)
            workflow.define("w")
                :tasks({ a })
            """;
    private static final String BROKEN = "local a = = 1\nb = 2\nreturn )\n";

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder).file("good.sloth", GOOD).file("odd.sloth", ODD);
    }

    private static JsonNode read(String json) {
        return new JsonMapper().readTree(json);
    }

    @Test
    void a_script_that_is_fine_is_passed_over_in_silence() {
        assertThat(door.call("lint", "good.sloth")).isEqualTo(new Door.Answer(0, "", ""));
    }

    @Test
    void findings_are_told_line_by_line() {
        var answer = door.call("lint", ".");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.lines())
                .containsExactly(
                        "odd.sloth:1:21: error: a task has no method 'comand', did you mean"
                                + " 'command'? [unknown-method]",
                        "odd.sloth:2:20: warning: 'log.info': it takes 2 arguments, this one is"
                                + " dropped. Call it as log.info(message, [fields])."
                                + " [extra-argument]");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void comments_allow() {
        door.file("allowed.sloth", "local a = 1 -- lint: allow unused-local for later\n");
        assertThat(door.call("lint", "allowed.sloth").exit()).isZero();
    }

    @Test
    void what_does_not_parse_or_is_not_there_is_wrong_and_the_others_are_looked_at() {
        door.file("broken.sloth", BROKEN);
        var answer = door.call("lint", "broken.sloth", "gone.sloth", "odd.sloth");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.lines()).hasSize(2).allMatch(line -> line.startsWith("odd.sloth:"));
        assertThat(answer.err())
                .contains("at broken.sloth:1:11", "at broken.sloth:3:8", "gone.sloth");
    }

    @Test
    void the_document_has_findings_and_problems() {
        door.file("broken.sloth", "x = = 1\n");
        var answer = door.call("lint", "odd.sloth", "broken.sloth", "-o", "json");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("error SLOTH-9041");
        assertThat(answer.out())
                .startsWith(
                        """
                        {
                          "status" : "invalid",
                          "findings" : [
                            {
                              "rule" : "unknown-method",
                              "severity" : "error",
                              "message" : "a task has no method 'comand', did you mean 'command'?",
                              "at" : {
                                "file" : "odd.sloth",
                                "line" : 1,
                                "column" : 21
                              },
                              "remedy" : ""
                            },
                        """);
        var problem = read(answer.out()).get("problems").get(0);
        assertThat(problem.get("code").asString()).isEqualTo("SLOTH-9041");
        assertThat(problem.get("at").get("column").asInt()).isEqualTo(5);
    }

    @Test
    void a_colon_in_a_name_is_no_scheme_in_sarif_and_one_file_is_looked_at_once() {
        door.file("c:d.sloth", "local unused = 1\n");
        var answer = door.call("lint", "c:d.sloth", "./c:d.sloth", ".", "-o", "sarif");
        var results = read(answer.out()).get("runs").get(0).get("results");
        assertThat(results.valueStream().map(each -> uri(each)))
                .filteredOn(uri -> uri.contains(":"))
                .containsExactly("./c:d.sloth");
    }

    private static String uri(JsonNode result) {
        return place(result).get("artifactLocation").get("uri").asString();
    }

    @Test
    void sarif_names_rules_and_places_in_characters() {
        door.file("b d.sloth", "x = 'é', = 1\n");
        var answer = door.call("lint", "odd.sloth", "b d.sloth", "-o", "sarif");
        assertThat(answer.exit()).isEqualTo(2);
        var sarif = read(answer.out());
        assertThat(sarif.get("version").asString()).isEqualTo("2.1.0");
        assertThat(sarif.get("$schema").asString()).endsWith("sarif-schema-2.1.0.json");
        var run = sarif.get("runs").get(0);
        assertThat(run.get("columnKind").asString()).isEqualTo("unicodeCodePoints");
        var rules = run.get("tool").get("driver").get("rules");
        assertThat(run.get("results").size()).isEqualTo(3);
        for (JsonNode result : run.get("results")) {
            assertThat(result.get("level").asString()).isIn("error", "warning");
            assertThat(result.get("message").get("text").asString()).isNotBlank();
            if (result.has("ruleIndex")) {
                assertThat(rules.get(result.get("ruleIndex").asInt()).get("id"))
                        .isEqualTo(result.get("ruleId"));
            }
        }
        var syntax = place(run.get("results").get(0));
        assertThat(syntax.get("artifactLocation").get("uri").asString()).isEqualTo("b%20d.sloth");
        assertThat(syntax.get("region").toString())
                .isEqualTo("{\"startLine\":1,\"startColumn\":10,\"endLine\":1,\"endColumn\":11}");
        var region = place(run.get("results").get(2)).get("region");
        assertThat(region.toString())
                .isEqualTo("{\"startLine\":2,\"startColumn\":19,\"endLine\":2,\"endColumn\":20}");
    }

    private static JsonNode place(JsonNode result) {
        return result.get("locations").get(0).get("physicalLocation");
    }

    @Test
    void editors_pass_texts_in() {
        var answer = door.typing(ODD).call("lint", "-", "-o", "json");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(read(answer.out()).get("findings").get(0).get("at").get("file").asString())
                .isEqualTo("stdin");
        assertThat(door.typing("x = = 1").call("lint", "-").exit()).isEqualTo(2);
        assertThat(door.call("lint", "good.sloth", "--as", "x.sloth").exit()).isEqualTo(2);
        door.file("lib/names.lua", "function known() end");
        assertThat(
                        door.typing("import('names') known() knwn()")
                                .call("lint", "-", "--as", "lib/new.sloth")
                                .lines())
                .containsExactly(
                        "lib/new.sloth:1:25: error: 'knwn' is not defined, did you mean 'known'?"
                                + " [undefined-name]");
    }

    @Test
    void names_of_imported_files_are_found_as_a_run_finds_them() {
        door.file("lib/deep.lua", "import('deeper')\nfunction deep() end\n")
                .file("lib/deeper.sloth", "function deeper() end\n")
                .file("main.sloth", "import('lib/deep')\ndeep()\ndeeper()\ndeeep()\n")
                .file("by_name.sloth", "require('deep')\ndeep()\ndeeep()\n");
        assertThat(door.call("lint", "main.sloth", "by_name.sloth").lines())
                .containsExactly(
                        "main.sloth:4:1: error: 'deeep' is not defined, did you mean 'deep'?"
                                + " [undefined-name]",
                        "by_name.sloth:3:1: error: 'deeep' is not defined, did you mean 'deep'?"
                                + " [undefined-name]");
    }
}

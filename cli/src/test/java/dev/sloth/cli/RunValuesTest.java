package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.cli.view.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunValuesTest {
    @TempDir private Path folder;

    @Test
    void a_later_file_lies_upon_an_earlier_and_variables_upon_both() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "db: {host: x, port: 1}\nlist: [1, 2]\n");
        Files.writeString(folder.resolve("b.json"), "{\"db\": {\"port\": 2}, \"list\": [3]}");
        var values =
                RunValues.read(List.of("a.yaml", "b.json"), List.of("db.user.name=me"), folder)
                        .table();
        assertThat(new Document().with("values", values).json())
                .isEqualTo(
                        """
                        {
                          "values" : {
                            "db" : {
                              "host" : "x",
                              "port" : 2,
                              "user" : {
                                "name" : "me"
                              }
                            },
                            "list" : [
                              3
                            ]
                          }
                        }
                        """);
    }

    @Test
    void variables_are_typed_as_in_yaml_and_text_stays_text() {
        var values =
                RunValues.read(
                        List.of(),
                        List.of(
                                "a=true",
                                "b=3",
                                "c=1.5",
                                "d=text",
                                "e=",
                                "f=a: b",
                                "g=[1, x]",
                                "h=\"3\"",
                                "i=# no comment",
                                "j==",
                                "k=- x"),
                        folder);
        assertThat(new Document().with("v", values.table()).json())
                .isEqualTo(
                        """
                        {
                          "v" : {
                            "a" : true,
                            "b" : 3,
                            "c" : 1.5,
                            "d" : "text",
                            "e" : "",
                            "f" : "a: b",
                            "g" : [
                              1,
                              "x"
                            ],
                            "h" : "3",
                            "i" : "# no comment",
                            "j" : "=",
                            "k" : "- x"
                          }
                        }
                        """);
    }
}

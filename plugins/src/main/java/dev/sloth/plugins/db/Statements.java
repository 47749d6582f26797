package dev.sloth.plugins.db;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The functions of `db` that run statements.
final class Statements {
    private static final String STATEMENT = "db.statement";

    /// A statement that is run again and again.
    private record Prepared(Link link, String sql) {}

    private Statements() {}

    static Function[] all() {
        return new Function[] {
            query(true),
            exec(true),
            prepare(true),
            field(
                    "last_insert_id",
                    "What the database calls the row that was added last, as text where a number"
                            + " would lose digits.",
                    Type.ANY),
            field("rows_affected", "How many rows a statement changed.", Type.NUMBER)
        };
    }

    static Function[] onHandle() {
        return new Function[] {query(false), exec(false)};
    }

    static Function prepareOnHandle() {
        return prepare(false);
    }

    static HandleType prepared() {
        return HandleType.named(STATEMENT, "A statement to be run with different values.")
                .methods(
                        values(asking("query"))
                                .doc("Runs it and gives its rows.")
                                .example("local rows = statement:query(7)")
                                .body(call -> {
                                    var it = (Prepared) call.self();
                                    return ask(call, it.link(), sql(call, it.sql(), call.all()));
                                }),
                        values(acting("exec"))
                                .doc("Runs it for what it does.")
                                .example("statement:exec(\"web1\", 7)")
                                .body(call -> {
                                    var it = (Prepared) call.self();
                                    return act(call, it.link(), sql(call, it.sql(), call.all()));
                                }));
    }

    // ---- declarations

    private static Function.Builder asking(String name) {
        return Function.named(name)
                .returnsOrNil(
                        "rows", Type.TABLE, "A list of tables by column; NULL is nil. Or nil.")
                .returnsOrNil("error", Type.STRING, "Why there are none, or nil.")
                .returnsOrNil("columns", Type.TABLE, "The names of the columns in order.");
    }

    private static Function.Builder acting(String name) {
        return Deed.declared(
                Function.named(name),
                "rows_affected, last_insert_id (SQLite) and the rows that RETURNING gave; changed"
                        + " says whether rows were affected or tables made, altered or dropped");
    }

    private static Function.Builder values(Function.Builder builder) {
        return builder.optional(
                        "params",
                        Type.ANY,
                        "The values for each ? in turn, or one list of them; nil is NULL.")
                .variadic();
    }

    private static Function.Builder statement(Function.Builder builder, boolean byName) {
        builder.param("sql", Type.STRING, "One statement, with ? for each value.");
        if (byName) {
            builder.namedOrPositional();
        }
        return values(byName ? DbModule.connection(builder) : builder);
    }

    private static Function query(boolean byName) {
        return statement(asking("query"), byName)
                .doc("Asks a database and gives all rows.")
                .example(
                        byName
                                ? "local rows = db.query(\"SELECT * FROM t WHERE id = ?\", nil, 7)"
                                : "local rows = conn:query(\"SELECT * FROM t WHERE id = ?\", 7)")
                .body(call -> ask(call, link(call, byName), sql(call, byName)));
    }

    private static Function exec(boolean byName) {
        return statement(acting("exec"), byName)
                .doc(
                        "Runs a statement for what it does; without values also several, all or none"
                                + " of them.")
                .example(
                        byName
                                ? "db.exec(\"UPDATE t SET name = ? WHERE id = ?\", nil, \"a\", 7)"
                                : "conn:exec(\"UPDATE t SET name = ? WHERE id = ?\", \"a\", 7)")
                .body(call -> act(call, link(call, byName), sql(call, byName)));
    }

    private static Function prepare(boolean byName) {
        var builder =
                Function.named("prepare")
                        .param("sql", Type.STRING, "One statement, with ? for each value.");
        return (byName ? DbModule.connection(builder) : builder)
                .doc("Makes a statement that can be run with different values.")
                .returns("statement", Type.HANDLE, "The statement.")
                .example("local statement = db.prepare(\"INSERT INTO t VALUES (?)\")")
                .body(call -> {
                    var sql = new Sql(call.text("sql"), List.of(), call);
                    return Results.of(
                            new Value.Handle(
                                    STATEMENT, new Prepared(link(call, byName), sql.text())));
                });
    }

    private static Function field(String name, String doc, Type type) {
        return Function.named(name)
                .doc(doc)
                .param("result", Type.TABLE, "What exec gave.")
                .returnsOrNil("number", type, "The number, or nil if there is none.")
                .example("local n = db." + name + "(db.exec(\"DELETE FROM t\"))")
                .body(call -> Results.of(call.table("result").at(name)));
    }

    // ---- arguments

    private static Link link(Call call, boolean byName) {
        if (byName) {
            return Connections.of(call.host()).meant(call.value("connection"));
        }
        return call.self() instanceof Transaction tx ? tx.link() : (Link) call.self();
    }

    private static Sql sql(Call call, boolean byName) {
        var text = call.text("sql");
        var all = call.all();
        boolean named = all.size() == 1 && all.getFirst() instanceof Value.Table;
        if (named) {
            var params = call.value("params");
            return sql(call, text, params == Value.Nil.NIL ? List.of() : List.of(params));
        }
        int from = byName && !(call.value("connection") instanceof Value.Table) ? 2 : 1;
        return sql(call, text, all.subList(Math.min(from, all.size()), all.size()));
    }

    /// @param given each value, or one list of them
    private static Sql sql(Call call, String text, List<Value> given) {
        boolean list =
                given.size() == 1
                        && given.getFirst() instanceof Value.Table table
                        && (Lists.isList(table)
                                || table.entries().isEmpty()
                                || table.at("n") instanceof Value.Num);
        var values = list ? items((Value.Table) given.getFirst()) : given;
        return new Sql(text, Binding.all(values, call), call);
    }

    /// The items of a list; one from `table.pack` says how many they are, so that nil counts.
    private static List<Value> items(Value.Table table) {
        if (!(table.at("n") instanceof Value.Num n) || !n.whole() || n.value() > Limits.SQL_MAX) {
            return Lists.items(table);
        }
        var items = new ArrayList<Value>();
        for (int i = 1; i <= n.value(); i++) {
            items.add(table.at(i));
        }
        return items;
    }

    // ---- running

    private static List<Value> ask(Call call, Link link, Sql sql) throws InterruptedException {
        try {
            var read = call.host().blocking(() -> link.use(sql::ask));
            return Results.of(
                    DataTable.list(read.rows()), Value.Nil.NIL, DataTable.list(read.columns()));
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    private static List<Value> act(Call call, Link link, Sql sql) throws InterruptedException {
        return Deed.results(call.host(), () -> deed(link.use(sql::act)));
    }

    private static Deed deed(Sql.Done done) {
        var message = done.count() == 1 ? "1 row" : done.count() + " rows";
        var deed = done.changed() ? Deed.changed(message) : Deed.unchanged(message);
        if (done.lastId() != Value.Nil.NIL) {
            deed.with("last_insert_id", done.lastId());
        }
        if (!done.rows().columns().isEmpty()) {
            deed.with("rows", DataTable.list(done.rows().rows()));
        }
        return deed.with("rows_affected", (double) done.count());
    }

    static List<Value> transact(Call call, Link link) throws InterruptedException {
        var body = call.function("body");
        var host = call.host();
        try {
            var tx = host.blocking(() -> Transaction.begin(link));
            List<Value> results;
            try {
                results = body.call(List.of(new Value.Handle(DbModule.TRANSACTION, tx)));
            } catch (ScriptFailure | CallFailure e) {
                undo(call, tx);
                throw e;
            }
            if (isRefusal(results)) {
                undo(call, tx);
                var why = results.size() > 1 ? results.get(1) : Text.of("it gave false");
                return Results.of(Value.Nil.NIL, why);
            }
            host.blocking(() -> {
                tx.end(true);
                return tx;
            });
            var none = results.isEmpty() || results.getFirst() == Value.Nil.NIL;
            return none ? Results.bool(true) : results;
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    private static boolean isRefusal(List<Value> results) {
        if (results.isEmpty()) {
            return false;
        }
        var first = results.getFirst();
        boolean error = results.size() > 1 && results.get(1) != Value.Nil.NIL;
        return first == Value.Bool.FALSE || (first == Value.Nil.NIL && error);
    }

    private static void undo(Call call, Transaction tx) throws InterruptedException {
        try {
            var _ =
                    call.host()
                            .blocking(() -> {
                                tx.end(false);
                                return tx;
                            });
        } catch (IOException e) {
            // what could not be undone must not be committed by anybody either
            tx.link().close();
        }
    }
}

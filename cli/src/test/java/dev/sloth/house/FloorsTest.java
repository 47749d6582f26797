package dev.sloth.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Imports go down only. The table below is the whole truth about who may see whom.
final class FloorsTest {
    /// Fewer classes than this would mean that the test looked at nothing.
    private static final int CLASSES_MIN = 300;

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.sloth");

    /// Package (without `dev.sloth.`) to the packages it may import; `x.*` stands for all below x.
    private static final Map<String, String> MAY_IMPORT = table();

    private static Map<String, String> table() {
        var table = new TreeMap<String, String>();
        // floor 0: words, and the language
        table.put("api.value", "");
        table.put("api.workflow", "api.value");
        table.put("api.state", "api.value");
        table.put("api.event", "api.value");
        table.put("api.secret", "api.workflow");
        table.put("api.plugin", "api.event api.state api.value");
        table.put("lua.value", "");
        table.put("lua.syntax", "");
        table.put("lua.vm", "lua.value lua.syntax");
        table.put("lua.hot", "lua.value lua.vm");
        table.put("lua.lib", "lua.value lua.vm lua.hot");
        table.put("lua.debug", "lua.value lua.syntax lua.vm");
        table.put("lua.format", "lua.syntax");
        table.put("lua.lint", "lua.syntax");
        table.put("lua", "lua.*");
        // floor 1: scripts become workflows; the hands see only the plugin interface
        table.put("dsl", "api.* lua lua.* dsl.*");
        table.put("dsl.bind", "api.* lua lua.*");
        table.put("dsl.define", "api.* lua lua.* dsl.bind");
        table.put("dsl.lint", "api.* lua lua.* dsl.bind dsl.define");
        table.put("plugins", "api.* plugins.*");
        table.put("plugins.*", "api.* plugins.value");
        table.put("plugins.value", "api.*");
        table.put("plugins.fileops", "api.* plugins.value plugins.fs plugins.template");
        table.put("plugins.git", "api.* plugins.value plugins.fs");
        table.put("plugins.json", "api.* plugins.data");
        table.put("plugins.yaml", "api.* plugins.data");
        table.put("plugins.http", "api.* plugins.value plugins.data");
        table.put("plugins.db", "api.* plugins.value plugins.data");
        table.put(
                "plugins.notifications",
                "api.* plugins.value plugins.data plugins.fs plugins.http");
        table.put("plugins.stack", "api.* plugins.value plugins.data");
        table.put("plugins.net", "api.* plugins.value plugins.http");
        table.put("plugins.sops", "api.* plugins.value plugins.data");
        table.put("plugins.vault", "api.* plugins.value plugins.data");
        table.put("plugins.strings", "api.* plugins.value plugins.crypto");
        table.put("plugins.template", "api.* plugins.value plugins.data plugins.fs");
        table.put("plugins.workdir", "api.* plugins.value plugins.fs");
        // the words as documents, and what travels between masters and agents
        table.put("codec", "api.value api.workflow");
        table.put("wire", "api.workflow wire.proto");
        table.put("wire.proto", "");
        table.put(
                "wire.shared", "api.event api.state api.value api.workflow codec wire wire.proto");
        upperFloors(table);
        masters(table);
        return table;
    }

    private static void upperFloors(Map<String, String> table) {
        // floor 2: what decides, and the worker; neither sees the other
        table.put("core.store", "api.workflow core.store.*");
        table.put("core.store.cluster", "");
        table.put("core.store.event", "core.store.news");
        table.put("core.store.news", "");
        table.put("core.store.secret", "");
        table.put("core.store.state", "core.store.news");
        table.put("core.security.audit", "api.workflow core.store.cluster");
        table.put("core.security.authn", "api.workflow core.security.audit core.store.cluster");
        table.put("core.security.authz", "api.workflow core.security.audit core.store.cluster");
        table.put("core.security.secret", "api.secret api.workflow core.store.secret");
        table.put("core.journal", "api.value api.workflow codec core.run core.store");
        table.put("core.run", "api.value api.workflow core.select");
        table.put("core.state", "api.value api.state core.journal core.store core.store.*");
        table.put(
                "core.event",
                "api.event api.state api.value api.workflow core.journal core.run core.state"
                        + " core.store core.store.*");
        table.put("core.hook", "api.event core.event core.journal core.store.event");
        table.put("core.retention", "api.workflow");
        table.put("core.log", "api.workflow core.store");
        table.put("core.schedule", "api.workflow core.store");
        table.put("agent", "api.* dsl agent.mask agent.process");
        table.put("agent.mask", "api.secret");
        table.put("agent.link", "api.secret api.workflow wire wire.proto");
        table.put(
                "agent.work",
                "api.event api.secret api.state api.value api.workflow agent agent.link"
                        + " agent.process agent.spool codec dsl wire");
        table.put(
                "agent.remote",
                "api.event api.state api.value api.workflow wire wire.proto wire.shared");
        table.put("agent.process", "api.plugin api.workflow");
        table.put("agent.spool", "api.workflow");
        table.put("agent.watch", "api.event api.plugin api.value agent.process");
        table.put("agent.vigil", "api.event agent.process agent.watch wire wire.shared");
        // floor 3: what is kept, behind the ports of the core
        table.put("store.files", "core.store");
        table.put("store.sql", "api.workflow core.store core.store.* store.files");
        table.put("store.sqlite", "api.workflow core.store core.store.* store.files store.sql");
        table.put("drive", "api.value api.workflow core.journal core.run core.store dsl");
        doors(table);
    }

    private static void doors(Map<String, String> table) {
        // for tests only
        table.put("testkit", "api.value api.workflow");
        table.put(
                "testkit.store",
                "api.secret api.state api.value api.workflow core.security.secret core.state"
                        + " core.store core.store.* testkit");
        // floor 4: the door
        table.put(
                "cli",
                "api.* lua lua.* dsl dsl.lint plugins plugins.* core.* store.* drive agent agent.* master"
                        + " master.* wire cli.*");
        table.put("cli.config", "api.workflow");
        table.put("cli.debug", "api.workflow lua.debug");
        table.put(
                "cli.secret",
                "api.secret api.workflow core.security.secret core.store core.store.secret"
                        + " store.sqlite cli.view");
        table.put("cli.view", "api.* agent.process");
        table.put("cli.serve", "api.event api.workflow core.* drive agent agent.watch dsl");
    }

    private static void masters(Map<String, String> table) {
        table.put("core.select", "api.value api.workflow");
        table.put("core.balance", "core.select");
        table.put("core.dispatch", "core.balance core.store.cluster");
        table.put("master.afar", "api.workflow core.store core.store.* wire wire.proto");
        table.put("master.authority", "api.workflow wire");
        table.put(
                "master.session",
                "api.workflow core.balance core.dispatch core.security.audit core.security.authn"
                        + " core.store.cluster wire");
        table.put(
                "master.dispatch",
                "core.balance core.dispatch core.store core.store.cluster master.session");
        table.put(
                "master.run",
                "api.secret api.value api.workflow codec core.balance core.dispatch core.journal"
                        + " core.log core.run core.select core.store core.store.cluster drive"
                        + " master.dispatch wire");
        table.put(
                "master.rpc",
                "api.event api.secret api.state api.value api.workflow core.balance core.dispatch"
                        + " core.journal core.log core.run core.security.audit core.security.authn"
                        + " core.security.authz core.select core.state core.store core.store.cluster"
                        + " core.store.news master.afar master.authority master.dispatch master.run"
                        + " master.session wire wire.proto wire.shared");
        table.put(
                "master",
                "api.workflow core.dispatch core.run core.security.audit core.security.authn"
                        + " core.security.authz core.store core.store.cluster drive"
                        + " master.authority master.dispatch master.rpc master.run master.session"
                        + " wire");
    }

    @Test
    void every_package_imports_only_what_the_table_allows() {
        var offences = new TreeSet<String>();
        for (var javaClass : CLASSES) {
            for (var dependency : javaClass.getDirectDependenciesFromSelf()) {
                offence(dependency).ifPresent(offences::add);
            }
        }
        assertThat(offences).isEmpty();
    }

    private static Optional<String> offence(Dependency dependency) {
        var from = shortName(dependency.getOriginClass().getPackageName());
        var to = shortName(dependency.getTargetClass().getBaseComponentType().getPackageName());
        if (!dependency
                        .getTargetClass()
                        .getBaseComponentType()
                        .getPackageName()
                        .startsWith("dev.sloth")
                || from.equals(to)) {
            return Optional.empty();
        }
        var allowed = allowed(from);
        if (allowed.isEmpty()) {
            return Optional.of(from + " is not in the table");
        }
        return Stream.of(allowed.get().split(" ")).anyMatch(p -> covers(p, to))
                ? Optional.empty()
                : Optional.of(from + " imports " + to + ": " + dependency.getDescription());
    }

    private static Optional<String> allowed(String name) {
        var exact = Optional.ofNullable(MAY_IMPORT.get(name));
        return exact.isPresent()
                ? exact
                : MAY_IMPORT.entrySet().stream()
                        .filter(row -> row.getKey().endsWith(".*") && covers(row.getKey(), name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    private static boolean covers(String pattern, String name) {
        return pattern.endsWith(".*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    private static String shortName(String name) {
        return name.equals("dev.sloth") ? "" : name.replaceFirst("^dev\\.sloth\\.", "");
    }

    @Test
    void every_row_of_the_table_has_an_occupant() {
        var packages =
                CLASSES.stream()
                        .map(c -> shortName(c.getPackageName()))
                        .collect(Collectors.toSet());
        var empty = new ArrayList<String>();
        for (var row : MAY_IMPORT.keySet()) {
            if (packages.stream().noneMatch(p -> covers(row, p))) {
                empty.add(row);
            }
        }
        assertThat(empty).isEmpty();
        assertThat(CLASSES.size()).isGreaterThan(CLASSES_MIN);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.sloth.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobody_but_the_door_reads_the_clock_or_throws_dice() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sloth.cli..")
                .and()
                .resideOutsideOfPackage("dev.sloth.testkit..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .check(CLASSES);
    }

    @Test
    void the_language_stands_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.sloth.lua..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..", "org.jspecify..", "dev.sloth.lua..", "jdk.internal.vm..")
                .check(CLASSES);
    }

    @Test
    void each_outside_thing_has_one_room() {
        fence("java.lang.ProcessBuilder", "dev.sloth.agent.process..");
        fencePackage("picocli..", "dev.sloth.cli..");
        fencePackage("org.jline..", "dev.sloth.cli..");
        fencePackage("org.eclipse.lsp4j..", "dev.sloth.cli.debug..");
        fencePackage("java.net.http..", "dev.sloth.plugins..");
        // docs/decisions/0010-databases-of-scripts.md
        fencePackage("java.sql..", "dev.sloth.store..", "dev.sloth.plugins.db..");
        fencePackage("org.sqlite..", "dev.sloth.store..", "dev.sloth.plugins.db..");
        fencePackage("org.postgresql..", "dev.sloth.plugins.db..");
        fencePackage(
                "tools.jackson..",
                "dev.sloth.codec..",
                "dev.sloth.core.schedule..",
                "dev.sloth.plugins.data..",
                "dev.sloth.cli.view..");
        fencePackage("jakarta..", "dev.sloth.plugins.notifications..");
        fencePackage("oshi..", "dev.sloth.plugins.facts..");
        fencePackage(
                "io.grpc..",
                "dev.sloth.wire..",
                "dev.sloth.agent.link..",
                "dev.sloth.agent.remote..",
                "dev.sloth.master.afar..",
                "dev.sloth.master.rpc..");
        fencePackage(
                "com.google..",
                "dev.sloth.cli.debug..",
                "dev.sloth.wire..",
                "dev.sloth.agent.link..",
                "dev.sloth.master.afar..",
                "dev.sloth.master.rpc..");
    }

    private static void fence(String className, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(className)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void fencePackage(String outside, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(outside)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void only_the_door_ends_the_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sloth.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        var unmarked =
                CLASSES.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                        .map(p -> p.getName())
                        .toList();
        assertThat(unmarked).isEmpty();
    }
}

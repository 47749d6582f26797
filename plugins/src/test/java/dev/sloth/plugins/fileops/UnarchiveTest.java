package dev.sloth.plugins.fileops;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnarchiveTest {
    @TempDir private Path folder;
    private Caller ops;

    @BeforeEach
    void open() {
        ops = new Caller(FileOpsModule.module(), new TestHost(folder));
    }

    private DataTable unpack(Map<String, ?> options) {
        var results = ops.all("unarchive", options);
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        return (DataTable) results.getFirst();
    }

    private String refusal(String archive) throws IOException {
        var error = ops.error("unarchive", Map.of("src", archive, "dest", "out"));
        assertThat(folder.resolve("out")).as("nothing was written").doesNotExist();
        return error;
    }

    private void tree() throws Exception {
        Files.createDirectories(folder.resolve("app/deep/" + "long".repeat(40)));
        Files.writeString(folder.resolve("app/run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                folder.resolve("app/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.writeString(folder.resolve("app/deep/" + "long".repeat(40) + "/é"), "x".repeat(1000));
        Files.createSymbolicLink(folder.resolve("app/link"), Path.of("deep"));
        Files.createLink(folder.resolve("app/twin"), folder.resolve("app/run.sh"));
    }

    private void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=pax", "--format=gnu -z", "--format=ustar"})
    void what_tar_packs_is_unpacked_once(String how) throws Exception {
        if (how.contains("ustar")) {
            Files.createDirectories(folder.resolve("app"));
            Files.writeString(folder.resolve("app/run.sh"), "#!/bin/sh\n");
            Files.setPosixFilePermissions(
                    folder.resolve("app/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        } else {
            tree();
        }
        run("sh", "-c", "tar " + how + " -cf a.bin app");
        var options = Map.of("src", "a.bin", "dest", "out", "strip", 1);
        assertThat(unpack(options).at("changed")).isEqualTo(value(true));
        run("diff", "-r", "app", "out");
        assertThat(Files.getPosixFilePermissions(folder.resolve("out/run.sh")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(unpack(options).at("changed")).isEqualTo(value(false));
        Files.writeString(folder.resolve("out/run.sh"), "spoiled");
        var again = unpack(options);
        assertThat(again.at("count").truthy()).isTrue();
        run("diff", "-r", "app", "out");
    }

    @Test
    void what_is_in_a_zip_is_unpacked_once() throws Exception {
        zip("a.zip", Map.of("d/x.txt", "one", "y.txt", "two"));
        var options = Map.of("src", "a.zip", "dest", "out");
        assertThat(unpack(options).at("changed")).isEqualTo(value(true));
        assertThat(folder.resolve("out/d/x.txt")).hasContent("one");
        assertThat(unpack(options).at("changed")).isEqualTo(value(false));
    }

    private void zip(String name, Map<String, String> files) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    @Test
    void creates_says_that_nothing_is_to_be_done() throws Exception {
        Files.writeString(folder.resolve("there"), "");
        assertThat(unpack(Map.of("src", "none", "dest", "out", "creates", "there")).at("changed"))
                .isEqualTo(value(false));
    }

    // ---- archives that mean harm

    /// A tar archive by hand.
    private static final class Tar {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Tar entry(String name, char type, String link, String content) {
            var header = new byte[512];
            put(header, 0, name);
            put(header, 100, "0004755\0");
            put(header, 124, "%011o\0".formatted(content.length()));
            put(header, 136, "00000000000\0");
            header[156] = (byte) type;
            put(header, 157, link);
            put(header, 148, "        ");
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            put(header, 148, "%06o\0 ".formatted(sum));
            out.writeBytes(header);
            out.writeBytes(content.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(new byte[(512 - content.length() % 512) % 512]);
            return this;
        }

        private static void put(byte[] header, int at, String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, header, at, bytes.length);
        }

        byte[] bytes() {
            out.writeBytes(new byte[1024]);
            return out.toByteArray();
        }
    }

    private void tar(Tar tar) throws IOException {
        Files.write(folder.resolve("bad.tar"), tar.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.txt", "/etc/out.txt", "a/../../out.txt", ".."})
    void names_that_lead_out_are_refused_before_anything_is_written(String name) throws Exception {
        tar(new Tar().entry("fine", '0', "", "x").entry(name, '0', "", "x"));
        assertThat(refusal("bad.tar")).contains("leads out of the folder");
        assertThat(folder.resolve("out.txt")).doesNotExist();
    }

    @Test
    void links_that_lead_out_and_files_behind_links_are_refused() throws Exception {
        tar(new Tar().entry("l", '2', "../..", ""));
        assertThat(refusal("bad.tar")).contains("out of the folder");
        tar(new Tar().entry("l", '2', "/etc", ""));
        assertThat(refusal("bad.tar")).contains("out of the folder");
        tar(new Tar().entry("d/", '5', "", "").entry("l", '2', "d", "").entry("l/x", '0', "", "x"));
        assertThat(refusal("bad.tar")).contains("would go through the link");
        tar(new Tar().entry("h", '1', "../secret", ""));
        assertThat(refusal("bad.tar")).contains("leads out");
        tar(new Tar().entry("h", '1', "none", ""));
        assertThat(refusal("bad.tar")).contains("no file before it");
        tar(new Tar().entry("dev", '3', "", ""));
        assertThat(refusal("bad.tar")).contains("neither file, folder nor link");
    }

    @Test
    void a_link_that_is_there_is_not_gone_through() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(folder.resolve("out"));
        Files.createSymbolicLink(folder.resolve("out/d"), elsewhere);
        tar(new Tar().entry("d/x", '0', "", "x"));
        assertThat(ops.error("unarchive", Map.of("src", "bad.tar", "dest", "out")))
                .contains("would go through the link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void setuid_is_dropped() throws Exception {
        tar(new Tar().entry("x", '0', "", "x"));
        unpack(Map.of("src", "bad.tar", "dest", "out"));
        assertThat((Integer) Files.getAttribute(folder.resolve("out/x"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    @Test
    void bombs_are_refused_before_anything_is_written() throws Exception {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("bomb.tgz")))) {
            out.write(new Tar().entry("x", '0', "", "0".repeat(3 << 20)).bytes());
        }
        assertThat(
                        ops.error(
                                "unarchive",
                                Map.of("src", "bomb.tgz", "dest", "out", "max_bytes", 1 << 20)))
                .contains("more than 1048576 bytes");
        zip("bomb.zip", Map.of("a", "0".repeat(3 << 20)));
        assertThat(
                        ops.error(
                                "unarchive",
                                Map.of("src", "bomb.zip", "dest", "out", "max_bytes", 1 << 20)))
                .contains("more than 1048576 bytes");
        zip("many.zip", Map.of("a", "", "b", "", "c", ""));
        assertThat(
                        ops.error(
                                "unarchive",
                                Map.of("src", "many.zip", "dest", "out", "max_entries", 2)))
                .contains("more than 2 entries");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void what_is_no_archive_or_half_of_one_is_said() throws Exception {
        Files.writeString(folder.resolve("bad.tar"), "hello".repeat(200));
        assertThat(refusal("bad.tar")).contains("is not a tar, tar.gz or zip archive");
        Files.writeString(folder.resolve("bad.tar"), "PK but no zip");
        assertThat(refusal("bad.tar")).isNotEmpty();
        var whole = new Tar().entry("x", '0', "", "x".repeat(5000)).bytes();
        Files.write(folder.resolve("bad.tar"), Arrays.copyOf(whole, 2000));
        assertThat(refusal("bad.tar")).contains("ends too early");
        assertThat(refusal("none.tar")).contains("no such file");
    }
}

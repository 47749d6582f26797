package dev.sloth.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// The files below the journal and the spool, and nothing more: the place where a test lets the
/// disk fill up or break. No call is disturbed by an interrupt of its thread.
interface Disk {
    /// Opens a file for reading and writing; one that is not there is made.
    Handle open(Path file) throws IOException;

    /// Gives a file another name, in one step, also when there is one of that name.
    void rename(Path file, Path name) throws IOException;

    /// Returns when the names in a folder are on the disk.
    void sync(Path folder) throws IOException;

    /// An open file. Not for several threads at once.
    interface Handle extends Closeable {
        long size() throws IOException;

        /// Reads so many bytes.
        ///
        /// @throws java.io.EOFException when the file ends before
        byte[] read(long at, int length) throws IOException;

        /// Writes the first `length` bytes. When that fails, any part of them may be there.
        void write(long at, byte[] bytes, int length) throws IOException;

        /// Makes the file so long.
        void cut(long size) throws IOException;

        /// Returns when all that was written is on the disk.
        void sync() throws IOException;
    }
}

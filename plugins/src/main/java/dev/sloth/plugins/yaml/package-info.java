/// The module `yaml`: the YAML functions of `data` under short names.
///
/// Reading and writing, with their bounds, are those of the package `data`; this package only names
/// them. The words yes, no, on and off are text, as YAML 1.2 has it.
@NullMarked
package dev.sloth.plugins.yaml;

import org.jspecify.annotations.NullMarked;

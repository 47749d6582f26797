/// The module `template`: texts with places that values are put into.
///
/// A template is compiled before anything is written, so that a mistake is told with its line and
/// column and never leaves half a text. Templates compute nothing: they look up paths, choose and
/// repeat. Rendering is bounded in size and steps.
@NullMarked
package dev.sloth.plugins.template;

import org.jspecify.annotations.NullMarked;

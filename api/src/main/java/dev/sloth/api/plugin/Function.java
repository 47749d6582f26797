package dev.sloth.api.plugin;

import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A function of a module, declared once.
///
/// A `named` function takes either one table of named fields or its parameters by position: both
/// arrive in the body the same way. A `variadic` one takes any number of further arguments of the
/// last parameter's type.
public record Function(
        String name,
        String doc,
        List<Parameter> parameters,
        boolean variadic,
        boolean named,
        List<Result> results,
        Set<Permission> permissions,
        String example,
        Body body) {

    /// The name of a function that is its module itself.
    public static final String ITSELF = "()";

    public Function {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        permissions = Set.copyOf(permissions);
    }

    /// What the function does. Gives back its results in order; see [Results] for the usual forms.
    @FunctionalInterface
    public interface Body {
        /// @throws CallFailure raised in the script as an error at the place of the call
        /// @throws InterruptedException when the script is being stopped
        /// @throws IOException raised in the script as an error with its message
        List<Value> call(Call call) throws InterruptedException, IOException;
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /// Collects a declaration; ends with [#body].
    public static final class Builder {
        private final String name;
        private String doc = "";
        private final List<Parameter> parameters = new ArrayList<>();
        private boolean variadic;
        private boolean named;
        private final List<Result> results = new ArrayList<>();
        private final Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        private String example = "";

        private Builder(String name) {
            this.name = name;
        }

        /// One or more plain sentences.
        public Builder doc(String text) {
            doc = text;
            return this;
        }

        public Builder param(String parameter, Type type, String text) {
            return param(Parameter.required(parameter, type, text));
        }

        public Builder optional(String parameter, Type type, String text) {
            return param(Parameter.optional(parameter, type, text));
        }

        public Builder param(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        /// The last parameter may be given any number of times, also none when it is optional.
        public Builder variadic() {
            variadic = true;
            return this;
        }

        /// A single table argument stands for named parameters.
        public Builder namedOrPositional() {
            named = true;
            return this;
        }

        public Builder returns(String result, Type type, String text) {
            results.add(new Result(result, type, false, text));
            return this;
        }

        /// A result that is nil at times; `text` says when.
        public Builder returnsOrNil(String result, Type type, String text) {
            results.add(new Result(result, type, true, text));
            return this;
        }

        public Builder needs(Permission permission) {
            permissions.add(permission);
            return this;
        }

        /// A line or two of Lua for the reference.
        public Builder example(String lua) {
            example = lua;
            return this;
        }

        public Function body(Body body) {
            return new Function(
                    name, doc, parameters, variadic, named, results, permissions, example, body);
        }
    }
}

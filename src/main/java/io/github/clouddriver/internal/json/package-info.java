/**
 * Strict reading of a driver's configuration (clause D2).
 *
 * <p>{@link io.github.clouddriver.internal.json.Binder} looks at a configuration class once and
 * makes a {@link io.github.clouddriver.internal.json.ValueReader} for it, a tree with a reader for
 * each component. A reader takes a JSON value and the {@link
 * io.github.clouddriver.internal.json.Place} it stands at; the place makes the exception when the
 * value is wrong. No reader puts a value into an exception, and none passes on the exception of a
 * parser or constructor, since that may show one.
 *
 * <p>Jackson parses, and lends its access to packages that are opened to it; its own data binding
 * is not used, for its messages show values and it coerces.
 */
@NullMarked
package io.github.clouddriver.internal.json;

import org.jspecify.annotations.NullMarked;

/** What happened in a run, in the words of its users. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.run.timeline;

/** What each kind of channel is sent, and how its answer is judged. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.notify.channel;

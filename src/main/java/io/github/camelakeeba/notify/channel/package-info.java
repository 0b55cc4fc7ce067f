/** What each kind of channel is sent, and how its answer is judged. */
@Internal
package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.Internal;

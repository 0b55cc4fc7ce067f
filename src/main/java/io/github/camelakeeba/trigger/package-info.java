/** Consumers that start backups: any Camel endpoint, its rejections and its replies. */
@Internal
package io.github.camelakeeba.trigger;

import io.github.camelakeeba.Internal;

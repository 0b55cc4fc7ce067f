/** Consumers that start backups: any Camel endpoint, its rejections and its replies. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.trigger;

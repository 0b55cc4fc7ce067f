/** The outcome event, digests and notices: the data that channels are sent. */
package io.github.camelakeeba.event;

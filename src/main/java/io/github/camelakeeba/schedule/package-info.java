/** When which sites are due: Quartz's triggers, one a schedule, and the sites that share them. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.schedule;

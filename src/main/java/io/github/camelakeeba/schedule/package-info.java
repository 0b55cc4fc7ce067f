/**
 * When which sites are due: Quartz's triggers, one a schedule, and the sites and reports that share
 * them.
 */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.schedule;

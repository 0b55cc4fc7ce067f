/**
 * A simulated Akeeba Backup site that behaves as the measured servers do; for the demo and for all
 * tests.
 */
package io.github.camelakeeba.demo;

#ifndef FEED_REASON_H
#define FEED_REASON_H

/*
 * Why a telegram or a feed was not taken, for people.  Readers give a constant
 * phrase in English, which stands in logs and tables; screens show it in
 * Japanese.  Source: V16, S6.
 */

/* The phrase in Japanese; "" of "", and of one that has no row here a general
 * one, so that nothing is shown in English. */
const char *reason_show(const char *phrase);

#endif

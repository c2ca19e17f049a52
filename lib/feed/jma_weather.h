#ifndef FEED_JMA_WEATHER_H
#define FEED_JMA_WEATHER_H

/*
 * Weather: warnings and special warnings in the old form (VPWW53, 54, VPNO50)
 * and by five levels (VPWW55 to 61), landslide (VPWW56, VXWW50), tornado
 * (VPHW50, 51), record rain (VPOA50) and the notices VPBS50.
 *
 * These have no EventID, so an event is what one office warns of: the key is
 * its area (place_office), and the kind parts landslide from the rest.  The
 * same special warning comes in up to three forms, and each form is a stream
 * that says nothing of the others, so all of them are "partial".  Areas are
 * municipalities, or the finest areas that the telegram has; what stands
 * nowhere is left out, what was lifted just now has rank 0.
 * Source: reference/feeds.md 2, 5; D1n.
 */
#include "feed/hazard.h"

/* The key of all of these, of a cancelling telegram too. */
void jma_weather_key(struct arena *a, const struct xml *root,
		     struct hazard *out);

/* VPWW53 to 61: what is in force, by the Body.  Level 4, which the old form
 * has no code for, is taken from its Notice. */
hazard_reader jma_weather_read;

/* VPNO50: only the Head says what is in force. */
hazard_reader jma_weather_special_read;

/* VXWW50 土砂災害警戒情報, the level 4 of VPWW56 in its old form. */
hazard_reader jma_weather_landslide_read;

/* VPHW50, 51: rank 2, where a tornado was seen 3; valid about an hour. */
hazard_reader jma_weather_tornado_read;

/* VPOA50 and VPBS50: nothing lifts them, so they are valid for three hours.
 * Both come only where level 4 of rain stands or is near, so rank 4; what is
 * only expected, and snow, 3. */
hazard_reader jma_weather_rain_read;
hazard_reader jma_weather_bulletin_read;

#endif

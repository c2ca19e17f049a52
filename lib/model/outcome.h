#ifndef MODEL_OUTCOME_H
#define MODEL_OUTCOME_H

/*
 * What became of claimed messages, as one JSON text for set-based statements:
 * the same for those of broadcasts (message.h) and of links (link_mail.h).
 * For the modules of model/ only.
 *
 *	"UPDATE " OUTCOMES " STRAIGHT_JOIN message m ON m.id = t.id"
 *	"   AND m.attempts = t.attempts AND m.state = 'sending' SET ..."
 *	...
 *	db_bind_text(s, outcomes_json(db->arena, list));
 */
struct arena;
struct message;

/* The table t: id, attempts, state, later_s (a pause in seconds), status.
 * Takes one value. */
#define OUTCOMES                                                               \
	"JSON_TABLE(?, '$[*]' COLUMNS ("                                       \
	"  id BIGINT PATH '$[0]', attempts INT PATH '$[1]',"                   \
	"  state VARCHAR(10) CHARACTER SET ascii PATH '$[2]',"                 \
	"  later_s INT PATH '$[3]', status VARCHAR(200) PATH '$[4]')) t"

/* The results of a list.  Too often "later" is refused; of the words of a
 * relay printable ASCII is kept. */
const char *outcomes_json(struct arena *a, const struct message *list);

#endif

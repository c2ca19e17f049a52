-- Grants: what each program may do in the database, and nothing else.  One
-- account per program, anpi_NAME; whoever sets up a site makes the accounts
-- with their passwords first, then loads this file.  Loading it again is
-- harmless.  Every screen with a session reads accounts, keeps sessions and
-- adds audit lines; the audit can be changed by none.  Source: S5, DESIGN 9.

-- login ----------------------------------------------------------------------
GRANT SELECT (id, login, name, role, password_hash, state, failures,
	      code_failures, locked_until, last_login_at, totp_secret, totp_step, totp_at)
	ON account TO anpi_login@localhost;
GRANT UPDATE (failures, code_failures, locked_until, last_login_at, totp_step)
	ON account TO anpi_login@localhost;
GRANT SELECT ON setting TO anpi_login@localhost;
GRANT SELECT, INSERT, DELETE ON session TO anpi_login@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_login@localhost;
GRANT SELECT, INSERT ON login_failure TO anpi_login@localhost;
GRANT SELECT, INSERT, UPDATE ON login_network TO anpi_login@localhost;
GRANT INSERT ON audit TO anpi_login@localhost;

-- account --------------------------------------------------------------------
-- One's own account: its second factor, set up and given up against the
-- password.
GRANT SELECT (id, login, name, role, password_hash, state, failures,
	      code_failures, locked_until, totp_secret, totp_step, totp_at)
	ON account TO anpi_account@localhost;
GRANT UPDATE (failures, locked_until, totp_secret, totp_step, totp_at)
	ON account TO anpi_account@localhost;
GRANT SELECT ON setting TO anpi_account@localhost;
GRANT SELECT, INSERT, DELETE ON session TO anpi_account@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_account@localhost;
GRANT SELECT, INSERT ON login_failure TO anpi_account@localhost;
GRANT SELECT ON login_network TO anpi_account@localhost;
GRANT INSERT ON audit TO anpi_account@localhost;

-- poll-feeds -----------------------------------------------------------------
-- Telegrams in, events made and changed, and what rules mail of them by
-- themselves: people are ids to it, it reads no name and no address.
GRANT SELECT, INSERT ON telegram TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE ON event TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON event_region
	TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON feed TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON feed_entry
	TO anpi_poll_feeds@localhost;
GRANT SELECT ON rule TO anpi_poll_feeds@localhost;
GRANT SELECT ON region TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON open_key TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE ON stream TO anpi_poll_feeds@localhost;
GRANT SELECT ON rule_target TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE ON rule_told TO anpi_poll_feeds@localhost;
GRANT SELECT ON setting TO anpi_poll_feeds@localhost;
GRANT SELECT (id, name, user, role, state) ON account
	TO anpi_poll_feeds@localhost;
GRANT INSERT ON audit TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_poll_feeds@localhost;
GRANT UPDATE (state) ON broadcast TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT ON target TO anpi_poll_feeds@localhost;
GRANT SELECT (broadcast, handed), INSERT ON delivery
	TO anpi_poll_feeds@localhost;
GRANT SELECT (id, state) ON user TO anpi_poll_feeds@localhost;
GRANT SELECT ON user_region TO anpi_poll_feeds@localhost;
GRANT SELECT ON grp_path TO anpi_poll_feeds@localhost;
GRANT SELECT ON grp_member TO anpi_poll_feeds@localhost;
GRANT SELECT ON grp_admin TO anpi_poll_feeds@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_poll_feeds@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_poll_feeds@localhost;
GRANT SELECT ON answer_choice TO anpi_poll_feeds@localhost;
GRANT SELECT ON question TO anpi_poll_feeds@localhost;
GRANT SELECT ON choice TO anpi_poll_feeds@localhost;
GRANT SELECT ON duty TO anpi_poll_feeds@localhost;
GRANT SELECT, INSERT, UPDATE ON paging TO anpi_poll_feeds@localhost;
GRANT SELECT (event, broadcast), INSERT ON paged TO anpi_poll_feeds@localhost;

-- call-duty ------------------------------------------------------------------
-- Pages up the duty list, sends a check by itself where that is set, and tells
-- of feeds that are silent and of checks of /status that turn bad: people are
-- ids to it.
GRANT SELECT (id, name, user, role, state) ON account
	TO anpi_call_duty@localhost;
GRANT SELECT (id, state) ON user TO anpi_call_duty@localhost;
GRANT SELECT ON setting TO anpi_call_duty@localhost;
GRANT SELECT ON duty TO anpi_call_duty@localhost;
GRANT SELECT, UPDATE, INSERT ON paging TO anpi_call_duty@localhost;
GRANT SELECT (event, broadcast), INSERT ON paged TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON feed TO anpi_call_duty@localhost;
GRANT UPDATE (known_at, silent_at, quiet_at) ON feed
	TO anpi_call_duty@localhost;
GRANT SELECT ON event TO anpi_call_duty@localhost;
GRANT UPDATE (state, decided_by, decided_at, reason) ON event
	TO anpi_call_duty@localhost;
GRANT SELECT ON event_region TO anpi_call_duty@localhost;
GRANT UPDATE (decided_rank) ON event_region TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON decision TO anpi_call_duty@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_call_duty@localhost;
GRANT SELECT ON rule TO anpi_call_duty@localhost;
GRANT SELECT ON rule_target TO anpi_call_duty@localhost;
GRANT SELECT ON region TO anpi_call_duty@localhost;
GRANT SELECT ON user_region TO anpi_call_duty@localhost;
GRANT SELECT ON grp_path TO anpi_call_duty@localhost;
GRANT SELECT ON grp_member TO anpi_call_duty@localhost;
GRANT SELECT ON grp_admin TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON target TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON question TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON choice TO anpi_call_duty@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_call_duty@localhost;
GRANT INSERT ON reask TO anpi_call_duty@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_call_duty@localhost;
GRANT SELECT (broadcast, user, folded, at) ON answer
	TO anpi_call_duty@localhost;
GRANT SELECT (id, fetched_at) ON telegram TO anpi_call_duty@localhost;
GRANT SELECT (state, urgency, due_at) ON message TO anpi_call_duty@localhost;
GRANT SELECT (state, due_at) ON link_mail TO anpi_call_duty@localhost;
GRANT SELECT (id, state, moved_at) ON import TO anpi_call_duty@localhost;
GRANT SELECT, INSERT, UPDATE ON health_alarm TO anpi_call_duty@localhost;
GRANT SELECT ON answer_choice TO anpi_call_duty@localhost;
GRANT INSERT ON audit TO anpi_call_duty@localhost;

-- events ---------------------------------------------------------------------
-- Shows and decides; counts people, and never sees an address.
GRANT SELECT (id, login, name, role, state, user) ON account
	TO anpi_events@localhost;
GRANT SELECT, DELETE ON session TO anpi_events@localhost;
GRANT UPDATE (seen_at, looks_at, looked_at, looks_since) ON session
	TO anpi_events@localhost;
GRANT INSERT ON audit TO anpi_events@localhost;
GRANT SELECT ON telegram TO anpi_events@localhost;
GRANT SELECT ON event TO anpi_events@localhost;
GRANT UPDATE (state, decided_by, decided_at, reason, closed_at, closed_by)
	ON event TO anpi_events@localhost;
GRANT SELECT, INSERT ON decision TO anpi_events@localhost;
GRANT SELECT ON setting TO anpi_events@localhost;
GRANT SELECT ON duty TO anpi_events@localhost;
GRANT SELECT ON paging TO anpi_events@localhost;
GRANT UPDATE (heard_at, heard_by, step, begun_at, next_at) ON paging
	TO anpi_events@localhost;
GRANT SELECT ON paged TO anpi_events@localhost;
GRANT SELECT ON event_region TO anpi_events@localhost;
GRANT UPDATE (decided_rank) ON event_region TO anpi_events@localhost;
GRANT SELECT (event), DELETE ON open_key TO anpi_events@localhost;
GRANT SELECT ON stream TO anpi_events@localhost;
GRANT SELECT ON feed TO anpi_events@localhost;
GRANT SELECT ON feed_entry TO anpi_events@localhost;
GRANT SELECT ON rule_target TO anpi_events@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_events@localhost;
GRANT SELECT ON rule TO anpi_events@localhost;
GRANT SELECT ON region TO anpi_events@localhost;
GRANT SELECT (id, staff_no, name, state) ON user TO anpi_events@localhost;
GRANT SELECT ON user_region TO anpi_events@localhost;
GRANT SELECT ON grp TO anpi_events@localhost;
GRANT SELECT ON grp_path TO anpi_events@localhost;
GRANT SELECT ON grp_member TO anpi_events@localhost;
GRANT SELECT ON grp_admin TO anpi_events@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_events@localhost;
GRANT SELECT, INSERT ON target TO anpi_events@localhost;
GRANT SELECT, INSERT ON question TO anpi_events@localhost;
GRANT SELECT, INSERT ON choice TO anpi_events@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_events@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_events@localhost;
GRANT SELECT ON answer_choice TO anpi_events@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_events@localhost;
GRANT SELECT, INSERT, UPDATE (next_at) ON reask TO anpi_events@localhost;
GRANT SELECT ON tally TO anpi_events@localhost;
GRANT SELECT (broadcast, state) ON message TO anpi_events@localhost;

-- declare --------------------------------------------------------------------
-- Makes an event by hand, and counts whom its check would ask.
GRANT SELECT (id, login, name, role, state, user) ON account
	TO anpi_declare@localhost;
GRANT SELECT, DELETE ON session TO anpi_declare@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_declare@localhost;
GRANT INSERT ON audit TO anpi_declare@localhost;
GRANT SELECT, INSERT ON event TO anpi_declare@localhost;
GRANT UPDATE (state, title, headline, occurred_at, max_level, rank, made_by)
	ON event TO anpi_declare@localhost;
GRANT SELECT, INSERT ON event_region TO anpi_declare@localhost;
GRANT SELECT, INSERT, UPDATE ON open_key TO anpi_declare@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_declare@localhost;
GRANT SELECT ON rule TO anpi_declare@localhost;
GRANT SELECT ON rule_target TO anpi_declare@localhost;
GRANT SELECT ON region TO anpi_declare@localhost;
GRANT SELECT (id, staff_no, name, state) ON user TO anpi_declare@localhost;
GRANT SELECT ON user_region TO anpi_declare@localhost;
GRANT SELECT ON grp TO anpi_declare@localhost;
GRANT SELECT ON grp_path TO anpi_declare@localhost;
GRANT SELECT ON grp_member TO anpi_declare@localhost;
GRANT SELECT ON grp_admin TO anpi_declare@localhost;
GRANT SELECT ON setting TO anpi_declare@localhost;
GRANT SELECT ON duty TO anpi_declare@localhost;
GRANT SELECT, INSERT, UPDATE ON paging TO anpi_declare@localhost;
GRANT SELECT (event, broadcast), INSERT ON paged TO anpi_declare@localhost;
GRANT SELECT (id, retry_of), INSERT ON broadcast TO anpi_declare@localhost;
GRANT INSERT ON target TO anpi_declare@localhost;
GRANT INSERT ON delivery TO anpi_declare@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_declare@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_declare@localhost;
GRANT SELECT ON answer_choice TO anpi_declare@localhost;
GRANT SELECT ON question TO anpi_declare@localhost;
GRANT SELECT ON choice TO anpi_declare@localhost;

-- rules ----------------------------------------------------------------------
-- Reads and changes rules; of people it finds the readers it is told.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_rules@localhost;
GRANT SELECT, DELETE ON session TO anpi_rules@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_rules@localhost;
GRANT INSERT ON audit TO anpi_rules@localhost;
GRANT SELECT, INSERT, UPDATE ON rule TO anpi_rules@localhost;
GRANT SELECT, INSERT, DELETE ON rule_target TO anpi_rules@localhost;
GRANT SELECT ON region TO anpi_rules@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_rules@localhost;
GRANT SELECT ON grp TO anpi_rules@localhost;
GRANT SELECT ON grp_path TO anpi_rules@localhost;
GRANT SELECT ON grp_member TO anpi_rules@localhost;
GRANT SELECT ON grp_admin TO anpi_rules@localhost;
-- A trial against history reads telegrams and counts people as poll-feeds does,
-- and writes nothing but temporary tables of the same form (model/trial.c).
GRANT CREATE TEMPORARY TABLES ON anpi.* TO anpi_rules@localhost;
GRANT SELECT ON telegram TO anpi_rules@localhost;
GRANT SELECT ON event TO anpi_rules@localhost;
GRANT SELECT ON event_region TO anpi_rules@localhost;
GRANT SELECT ON open_key TO anpi_rules@localhost;
GRANT SELECT ON stream TO anpi_rules@localhost;
GRANT SELECT ON stage TO anpi_rules@localhost;
GRANT SELECT ON rule_told TO anpi_rules@localhost;
GRANT SELECT ON paging TO anpi_rules@localhost;
GRANT SELECT ON paged TO anpi_rules@localhost;
GRANT SELECT ON duty TO anpi_rules@localhost;
GRANT SELECT ON broadcast TO anpi_rules@localhost;
GRANT SELECT ON target TO anpi_rules@localhost;
GRANT SELECT ON delivery TO anpi_rules@localhost;
GRANT SELECT ON setting TO anpi_rules@localhost;
GRANT SELECT (user) ON account TO anpi_rules@localhost;
GRANT SELECT ON user_region TO anpi_rules@localhost;
GRANT SELECT ON area TO anpi_rules@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_rules@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_rules@localhost;
GRANT SELECT ON answer_choice TO anpi_rules@localhost;
GRANT SELECT ON question TO anpi_rules@localhost;
GRANT SELECT ON choice TO anpi_rules@localhost;

-- anpictl --------------------------------------------------------------------
-- What the tools and screens do, by hand; like them it cannot change the
-- audit, and holds no key that opens an address.
GRANT SELECT ON anpi.* TO anpi_anpictl@localhost;
GRANT INSERT ON audit TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON telegram TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON event TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE, DELETE ON event_region TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE, DELETE ON open_key TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON stream TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON rule_told TO anpi_anpictl@localhost;
GRANT INSERT ON decision TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON paging TO anpi_anpictl@localhost;
GRANT INSERT ON paged TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON stage TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON account TO anpi_anpictl@localhost;
GRANT DELETE ON session TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON broadcast TO anpi_anpictl@localhost;
GRANT INSERT ON target TO anpi_anpictl@localhost;
GRANT INSERT ON question TO anpi_anpictl@localhost;
GRANT INSERT ON choice TO anpi_anpictl@localhost;
GRANT INSERT ON delivery TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE (next_at) ON reask TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE, DELETE ON tally TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON tally_state TO anpi_anpictl@localhost;
GRANT INSERT, DELETE ON answer_choice TO anpi_anpictl@localhost;
GRANT UPDATE (folded) ON answer TO anpi_anpictl@localhost;
GRANT UPDATE (answered_at, first_at, proxy_at, conflict, coming)
	ON recipient TO anpi_anpictl@localhost;
GRANT CREATE TEMPORARY TABLES ON anpi.* TO anpi_anpictl@localhost;

-- dashboard ------------------------------------------------------------------
-- Reads counters, and folds answers into them if replay-answers is late
-- (model/tally); it reads no name and no address.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_dashboard@localhost;
GRANT SELECT, DELETE ON session TO anpi_dashboard@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_dashboard@localhost;
GRANT INSERT ON audit TO anpi_dashboard@localhost;
GRANT SELECT ON broadcast TO anpi_dashboard@localhost;
GRANT SELECT ON event TO anpi_dashboard@localhost;
GRANT SELECT ON question TO anpi_dashboard@localhost;
GRANT SELECT ON choice TO anpi_dashboard@localhost;
GRANT SELECT ON delivery TO anpi_dashboard@localhost;
GRANT SELECT ON region TO anpi_dashboard@localhost;
GRANT SELECT ON user_region TO anpi_dashboard@localhost;
GRANT SELECT ON grp TO anpi_dashboard@localhost;
GRANT SELECT ON grp_path TO anpi_dashboard@localhost;
GRANT SELECT ON grp_admin TO anpi_dashboard@localhost;
GRANT SELECT ON grp_member TO anpi_dashboard@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON tally TO anpi_dashboard@localhost;
GRANT SELECT, INSERT, UPDATE ON tally_state TO anpi_dashboard@localhost;
GRANT SELECT, INSERT, DELETE ON answer_choice TO anpi_dashboard@localhost;
GRANT SELECT, UPDATE (folded) ON answer TO anpi_dashboard@localhost;
GRANT SELECT, UPDATE (answered_at, first_at, proxy_at, conflict, coming) ON recipient
	TO anpi_dashboard@localhost;
GRANT SELECT (broadcast, user) ON proxy TO anpi_dashboard@localhost;
GRANT SELECT (user, at, safety) ON self_report TO anpi_dashboard@localhost;
GRANT CREATE TEMPORARY TABLES ON anpi.* TO anpi_dashboard@localhost;

-- respond --------------------------------------------------------------------
-- Reads one person's line and adds answers; changes nothing.
GRANT SELECT (id, name, lang, link_generation, links_revoked_at) ON user
	TO anpi_respond@localhost;
GRANT SELECT (broadcast, user, why, answered_at, replied_at) ON recipient
	TO anpi_respond@localhost;
GRANT SELECT (code, name) ON region TO anpi_respond@localhost;
GRANT SELECT (user, state) ON address TO anpi_respond@localhost;
GRANT SELECT (broadcast, user, at, channel, choices, comment, texts, folded), INSERT
	ON answer TO anpi_respond@localhost;
GRANT SELECT, INSERT ON self_report TO anpi_respond@localhost;
GRANT SELECT (id, event, kind, subject, body, why, state, retry_of, reply_of,
	      made_by, made_at, closes_at)
	ON broadcast TO anpi_respond@localhost;
GRANT SELECT ON target TO anpi_respond@localhost;
GRANT SELECT (id, name) ON account TO anpi_respond@localhost;
GRANT SELECT (id, title, drill, occurred_at) ON event
	TO anpi_respond@localhost;
GRANT SELECT ON question TO anpi_respond@localhost;
GRANT SELECT ON choice TO anpi_respond@localhost;

-- replay-answers -------------------------------------------------------------
-- Whoever folds (model/tally.h) has the rights from "tally" on.
GRANT SELECT (id, name, lang, link_generation, links_revoked_at) ON user
	TO anpi_replay_answers@localhost;
GRANT SELECT (code, name) ON region TO anpi_replay_answers@localhost;
GRANT INSERT ON answer TO anpi_replay_answers@localhost;
GRANT SELECT, INSERT ON self_report TO anpi_replay_answers@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON tally
	TO anpi_replay_answers@localhost;
GRANT SELECT, INSERT, UPDATE ON tally_state TO anpi_replay_answers@localhost;
GRANT SELECT, INSERT, DELETE ON answer_choice
	TO anpi_replay_answers@localhost;
GRANT SELECT ON answer TO anpi_replay_answers@localhost;
GRANT UPDATE (folded) ON answer TO anpi_replay_answers@localhost;
GRANT SELECT ON recipient TO anpi_replay_answers@localhost;
GRANT UPDATE (answered_at, first_at, proxy_at, conflict, coming) ON recipient
	TO anpi_replay_answers@localhost;
GRANT SELECT (broadcast, user) ON proxy TO anpi_replay_answers@localhost;
GRANT SELECT (id, enqueued_to) ON broadcast TO anpi_replay_answers@localhost;
GRANT SELECT (id, broadcast) ON question TO anpi_replay_answers@localhost;
GRANT SELECT (id, question, coming, minutes) ON choice
	TO anpi_replay_answers@localhost;
GRANT SELECT ON grp_member TO anpi_replay_answers@localhost;
GRANT SELECT ON grp_path TO anpi_replay_answers@localhost;
GRANT SELECT ON user_region TO anpi_replay_answers@localhost;
GRANT CREATE TEMPORARY TABLES ON anpi.* TO anpi_replay_answers@localhost;

-- broadcasts -----------------------------------------------------------------
-- Makes, shows and stops broadcasts; of an address it can read the state and
-- the domain.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_broadcasts@localhost;
GRANT SELECT, DELETE ON session TO anpi_broadcasts@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_broadcasts@localhost;
GRANT INSERT ON audit TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_broadcasts@localhost;
GRANT UPDATE (state) ON broadcast TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT ON target TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT ON question TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT ON choice TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_broadcasts@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_broadcasts@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_broadcasts@localhost;
GRANT SELECT ON user_region TO anpi_broadcasts@localhost;
GRANT SELECT ON region TO anpi_broadcasts@localhost;
GRANT SELECT ON grp TO anpi_broadcasts@localhost;
GRANT SELECT ON grp_path TO anpi_broadcasts@localhost;
GRANT SELECT ON grp_member TO anpi_broadcasts@localhost;
GRANT SELECT ON grp_admin TO anpi_broadcasts@localhost;
GRANT SELECT ON event TO anpi_broadcasts@localhost;
GRANT SELECT ON event_region TO anpi_broadcasts@localhost;
GRANT SELECT ON recipient TO anpi_broadcasts@localhost;
GRANT SELECT ON message TO anpi_broadcasts@localhost;
GRANT SELECT ON carrier TO anpi_broadcasts@localhost;
GRANT SELECT (id, user, place, domain, class, state) ON address
	TO anpi_broadcasts@localhost;
GRANT SELECT ON answer TO anpi_broadcasts@localhost;
GRANT SELECT ON answer_choice TO anpi_broadcasts@localhost;
GRANT SELECT ON tally TO anpi_broadcasts@localhost;
GRANT SELECT ON reask TO anpi_broadcasts@localhost;
GRANT UPDATE (next_at) ON reask TO anpi_broadcasts@localhost;

-- compose --------------------------------------------------------------------
-- Writes drafts and makes broadcasts of them; counts people and shows the
-- first names, and reads nothing of an address.
GRANT SELECT (id, login, name, role, state, user) ON account
	TO anpi_compose@localhost;
GRANT SELECT (grp, people) ON coverage_group TO anpi_compose@localhost;
GRANT SELECT, DELETE ON session TO anpi_compose@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_compose@localhost;
GRANT INSERT ON audit TO anpi_compose@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO anpi_compose@localhost;
GRANT SELECT ON broadcast_template TO anpi_compose@localhost;
GRANT SELECT ON setting TO anpi_compose@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_compose@localhost;
GRANT SELECT, INSERT ON target TO anpi_compose@localhost;
GRANT SELECT, INSERT ON question TO anpi_compose@localhost;
GRANT SELECT, INSERT ON choice TO anpi_compose@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_compose@localhost;
GRANT INSERT ON reask TO anpi_compose@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_compose@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_compose@localhost;
GRANT SELECT (event, region, level) ON event_region
	TO anpi_compose@localhost;
GRANT SELECT ON user_region TO anpi_compose@localhost;
GRANT SELECT ON region TO anpi_compose@localhost;
GRANT SELECT ON grp TO anpi_compose@localhost;
GRANT SELECT ON grp_path TO anpi_compose@localhost;
GRANT SELECT ON grp_member TO anpi_compose@localhost;
GRANT SELECT ON grp_admin TO anpi_compose@localhost;
GRANT SELECT ON recipient TO anpi_compose@localhost;
GRANT SELECT (broadcast, state, user, id, fate) ON message
	TO anpi_compose@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_compose@localhost;
GRANT SELECT ON answer_choice TO anpi_compose@localhost;
GRANT SELECT ON tally TO anpi_compose@localhost;

-- templates and settings -----------------------------------------------------
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_templates@localhost;
GRANT SELECT, DELETE ON session TO anpi_templates@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_templates@localhost;
GRANT INSERT ON audit TO anpi_templates@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON broadcast_template
	TO anpi_templates@localhost;
GRANT SELECT ON draft TO anpi_templates@localhost;
GRANT SELECT (id, parent, code, name) ON grp TO anpi_templates@localhost;
GRANT SELECT ON grp_path TO anpi_templates@localhost;
GRANT SELECT ON grp_admin TO anpi_templates@localhost;
GRANT SELECT (code, kind, name) ON region TO anpi_templates@localhost;

GRANT SELECT (id, login, name, role, state, user) ON account
	TO anpi_settings@localhost;
GRANT SELECT (id, state) ON user TO anpi_settings@localhost;
GRANT SELECT (user, state) ON address TO anpi_settings@localhost;
GRANT SELECT, INSERT, DELETE ON duty TO anpi_settings@localhost;
GRANT SELECT, DELETE ON session TO anpi_settings@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_settings@localhost;
GRANT INSERT ON audit TO anpi_settings@localhost;
GRANT SELECT, INSERT, UPDATE ON setting TO anpi_settings@localhost;

-- enqueue --------------------------------------------------------------------
-- Selects people, and never sees an address or a name.  What the clock says
-- (model/schedule.h) it does by itself: so it makes retries, too.
GRANT SELECT (id, role, state) ON account TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_enqueue@localhost;
GRANT UPDATE (state, confirmed_at, enqueued_to, recipients) ON broadcast
	TO anpi_enqueue@localhost;
GRANT SELECT (event, rule, broadcast, ended) ON rule_told
	TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON target TO anpi_enqueue@localhost;
GRANT SELECT (event, broadcast) ON paged TO anpi_enqueue@localhost;
GRANT SELECT ON reask TO anpi_enqueue@localhost;
GRANT UPDATE (done, next_at) ON reask TO anpi_enqueue@localhost;
GRANT SELECT ON setting TO anpi_enqueue@localhost;
GRANT SELECT ON answer_choice TO anpi_enqueue@localhost;
GRANT INSERT ON audit TO anpi_enqueue@localhost;
GRANT SELECT ON question TO anpi_enqueue@localhost;
GRANT SELECT ON choice TO anpi_enqueue@localhost;
GRANT SELECT ON event TO anpi_enqueue@localhost;
GRANT SELECT ON event_region TO anpi_enqueue@localhost;
GRANT SELECT (id, state, staff_no) ON user TO anpi_enqueue@localhost;
GRANT SELECT ON user_region TO anpi_enqueue@localhost;
GRANT SELECT ON region TO anpi_enqueue@localhost;
GRANT SELECT ON grp_path TO anpi_enqueue@localhost;
GRANT SELECT ON grp_member TO anpi_enqueue@localhost;
GRANT SELECT ON grp_admin TO anpi_enqueue@localhost;
GRANT SELECT (id, user, place, state) ON address TO anpi_enqueue@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON recipient TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON message TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_enqueue@localhost;
GRANT UPDATE (messages) ON delivery TO anpi_enqueue@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_enqueue@localhost;
GRANT SELECT, UPDATE (done, staff_no), DELETE ON my_page_request
	TO anpi_enqueue@localhost;
GRANT SELECT (id, kind, user, address, made_at),
      INSERT (kind, user, address, made_at, due_at)
	ON link_mail TO anpi_enqueue@localhost;
GRANT SELECT (made_at), DELETE ON new_address TO anpi_enqueue@localhost;
-- What is over is removed.
GRANT SELECT (seen_at), DELETE ON session TO anpi_enqueue@localhost;
GRANT SELECT (at), DELETE ON login_failure TO anpi_enqueue@localhost;
GRANT SELECT (last_at), DELETE ON login_network TO anpi_enqueue@localhost;
GRANT INSERT ON audit TO anpi_enqueue@localhost;

-- deliver --------------------------------------------------------------------
-- The one that opens addresses: it reads the name that a mail speaks to, and
-- changes nothing but the queue.
GRANT SELECT ON message TO anpi_deliver@localhost;
GRANT UPDATE (state, attempts, due_at, lease_until, holder, handed_at, status)
	ON message TO anpi_deliver@localhost;
GRANT SELECT ON delivery TO anpi_deliver@localhost;
GRANT UPDATE (handed, refused, cancelled) ON delivery
	TO anpi_deliver@localhost;
GRANT SELECT ON broadcast TO anpi_deliver@localhost;
GRANT UPDATE (state) ON broadcast TO anpi_deliver@localhost;
GRANT SELECT (id, broadcast, place, kind, required, text, text_en) ON question
	TO anpi_deliver@localhost;
GRANT SELECT (id, question, place, mark, text, text_en) ON choice
	TO anpi_deliver@localhost;
GRANT SELECT (id, drill) ON event TO anpi_deliver@localhost;
GRANT SELECT (event, region, level) ON event_region TO anpi_deliver@localhost;
GRANT SELECT (code, name) ON region TO anpi_deliver@localhost;
GRANT SELECT (id, name) ON grp TO anpi_deliver@localhost;
GRANT SELECT (id, sealed, class) ON address TO anpi_deliver@localhost;
GRANT SELECT (id, sealed, class) ON new_address TO anpi_deliver@localhost;
GRANT SELECT ON link_mail TO anpi_deliver@localhost;
GRANT UPDATE (state, attempts, due_at, lease_until, holder, handed_at, status)
	ON link_mail TO anpi_deliver@localhost;
GRANT SELECT (id, name, lang, link_generation) ON user
	TO anpi_deliver@localhost;
GRANT SELECT ON setting TO anpi_deliver@localhost;
GRANT SELECT (broadcast, user, why) ON recipient TO anpi_deliver@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_deliver@localhost;

-- users ----------------------------------------------------------------------
-- Shows and changes people; of an address it can read the state and the
-- domain.
-- The account of somebody who leaves is shut.
GRANT SELECT (id, user, login, name, role, state), UPDATE (state) ON account
	TO anpi_users@localhost;
GRANT SELECT, DELETE ON session TO anpi_users@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_users@localhost;
GRANT INSERT ON audit TO anpi_users@localhost;
GRANT SELECT, INSERT ON user TO anpi_users@localhost;
GRANT UPDATE (staff_no, name, kana, lang, state, link_generation,
	      links_revoked_at, version,
	      changed_at, changed_by, left_at, indexed)
	ON user TO anpi_users@localhost;
GRANT SELECT, INSERT, DELETE ON user_word TO anpi_users@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON user_region
	TO anpi_users@localhost;
GRANT SELECT ON region TO anpi_users@localhost;
GRANT SELECT ON grp TO anpi_users@localhost;
GRANT SELECT ON grp_path TO anpi_users@localhost;
GRANT SELECT ON grp_admin TO anpi_users@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp_member
	TO anpi_users@localhost;
GRANT SELECT (id, user, place, domain, class, state, checked_at) ON address
	TO anpi_users@localhost;
GRANT SELECT (id, subject, kind, state, retry_of, confirmed_at) ON broadcast
	TO anpi_users@localhost;
GRANT SELECT (id, broadcast) ON question TO anpi_users@localhost;
GRANT SELECT (id, text) ON choice TO anpi_users@localhost;
GRANT SELECT (broadcast, user, answered_at) ON recipient
	TO anpi_users@localhost;
GRANT SELECT (broadcast, user, at, comment) ON answer TO anpi_users@localhost;
GRANT SELECT (broadcast, user, choice) ON answer_choice
	TO anpi_users@localhost;
GRANT SELECT, INSERT, UPDATE ON tally_state TO anpi_users@localhost;
GRANT SELECT ON self_report TO anpi_users@localhost;

-- reports --------------------------------------------------------------------
-- Lists what people told of themselves; it reads no address.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_reports@localhost;
GRANT SELECT, DELETE ON session TO anpi_reports@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_reports@localhost;
GRANT INSERT ON audit TO anpi_reports@localhost;
GRANT SELECT ON self_report TO anpi_reports@localhost;
GRANT SELECT (id, staff_no, name, kana, indexed) ON user
	TO anpi_reports@localhost;
GRANT UPDATE (indexed) ON user TO anpi_reports@localhost;
GRANT SELECT, INSERT, DELETE ON user_word TO anpi_reports@localhost;
GRANT SELECT (id, name) ON grp TO anpi_reports@localhost;
GRANT SELECT ON grp_path TO anpi_reports@localhost;
GRANT SELECT ON grp_member TO anpi_reports@localhost;
GRANT SELECT ON grp_admin TO anpi_reports@localhost;
GRANT SELECT (id, kind, state, retry_of, test, closes_at) ON broadcast
	TO anpi_reports@localhost;
GRANT SELECT (broadcast, user) ON recipient TO anpi_reports@localhost;
GRANT SELECT (broadcast, handed) ON delivery TO anpi_reports@localhost;

-- groups ---------------------------------------------------------------------
-- Changes the tree and who is in it; of people it shows number, name and
-- whether mail can reach them.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_groups@localhost;
GRANT SELECT, DELETE ON session TO anpi_groups@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_groups@localhost;
GRANT INSERT ON audit TO anpi_groups@localhost;
GRANT SELECT ON user TO anpi_groups@localhost;
GRANT UPDATE (indexed) ON user TO anpi_groups@localhost;
GRANT SELECT, INSERT, DELETE ON user_word TO anpi_groups@localhost;
GRANT SELECT ON user_region TO anpi_groups@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp TO anpi_groups@localhost;
GRANT SELECT, INSERT, DELETE ON grp_path TO anpi_groups@localhost;
GRANT SELECT, UPDATE ON grp_tree TO anpi_groups@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp_member
	TO anpi_groups@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp_admin
	TO anpi_groups@localhost;
GRANT SELECT (id, user, state) ON address TO anpi_groups@localhost;
GRANT SELECT (id, state) ON broadcast TO anpi_groups@localhost;
GRANT SELECT (broadcast, user) ON recipient TO anpi_groups@localhost;
GRANT SELECT, INSERT, UPDATE ON tally_state TO anpi_groups@localhost;

-- audit ----------------------------------------------------------------------
-- Reads the log, adds that it was read, and of people knows the numbers.
GRANT SELECT (id, staff_no) ON user TO anpi_audit@localhost;
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_audit@localhost;
GRANT SELECT, DELETE ON session TO anpi_audit@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_audit@localhost;
GRANT SELECT, INSERT ON audit TO anpi_audit@localhost;
-- my -------------------------------------------------------------------------
-- A person's own things: it stores addresses sealed and has no key that opens
-- one.  Of what a person typed it carries the sealed bytes from new_address to
-- address.
GRANT SELECT (id, name, lang, state, link_generation, my_page_closed_at,
	      version),
      UPDATE (lang, link_generation, links_revoked_at, my_page_closed_at,
	      version, changed_at, changed_by)
	ON user TO anpi_my@localhost;
GRANT SELECT (id, user, place, digest, domain, class, state, checked_at, origin),
      INSERT (user, place, sealed, digest, domain, class, state, checked_at,
	      origin),
      UPDATE (place, state, checked_at, last_status, origin), DELETE
	ON address TO anpi_my@localhost;
GRANT SELECT, INSERT, UPDATE (made_at), DELETE ON new_address
	TO anpi_my@localhost;
GRANT SELECT, INSERT, DELETE ON removed_address
	TO anpi_my@localhost;
GRANT SELECT, INSERT, UPDATE (origin), DELETE ON user_region
	TO anpi_my@localhost;
GRANT SELECT, INSERT, UPDATE (code, made_at) ON card TO anpi_my@localhost;
GRANT SELECT (id, network, at), INSERT (staff_no, network, at)
	ON my_page_request TO anpi_my@localhost;
GRANT SELECT (id, kind, user, address, made_at),
      INSERT (kind, user, address, new_address, made_at, due_at)
	ON link_mail TO anpi_my@localhost;
GRANT SELECT ON region TO anpi_my@localhost;
GRANT SELECT (id, name) ON grp TO anpi_my@localhost;
GRANT SELECT (id, state) ON broadcast TO anpi_my@localhost;
GRANT SELECT (broadcast, user) ON recipient TO anpi_my@localhost;
GRANT SELECT, INSERT, UPDATE ON tally_state TO anpi_my@localhost;
GRANT SELECT ON grp_member TO anpi_my@localhost;
GRANT INSERT ON audit TO anpi_my@localhost;

-- addresses ------------------------------------------------------------------
-- Counts and lists people by the state of their addresses, of which it reads
-- state and domain; asks them to confirm.
GRANT SELECT (id, login, user, name, role, state) ON account
	TO anpi_addresses@localhost;
GRANT SELECT, DELETE ON session TO anpi_addresses@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_addresses@localhost;
GRANT INSERT ON audit TO anpi_addresses@localhost;
GRANT SELECT (id, staff_no, name, kana, state, indexed),
      UPDATE (indexed) ON user TO anpi_addresses@localhost;
GRANT SELECT, INSERT, DELETE ON user_word TO anpi_addresses@localhost;
GRANT SELECT (id, user, place, domain, state, checked_at) ON address
	TO anpi_addresses@localhost;
GRANT SELECT ON user_region TO anpi_addresses@localhost;
GRANT SELECT ON grp TO anpi_addresses@localhost;
GRANT SELECT ON grp_path TO anpi_addresses@localhost;
GRANT SELECT ON grp_member TO anpi_addresses@localhost;
GRANT SELECT ON grp_admin TO anpi_addresses@localhost;
GRANT SELECT ON coverage_person TO anpi_addresses@localhost;
GRANT SELECT, UPDATE (askable) ON coverage_group TO anpi_addresses@localhost;
GRANT SELECT (id, kind, address, made_at),
      INSERT (kind, user, address, made_at, due_at)
	ON link_mail TO anpi_addresses@localhost;
GRANT SELECT ON address_check TO anpi_addresses@localhost;
GRANT SELECT ON setting TO anpi_addresses@localhost;
-- import ---------------------------------------------------------------------
-- Reads files into rows, and shows what they would change.  It changes no
-- person, group or address: run-imports does, when an admin has said so.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_import@localhost;
GRANT SELECT, DELETE ON session TO anpi_import@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_import@localhost;
GRANT INSERT ON audit TO anpi_import@localhost;
GRANT SELECT, INSERT ON import TO anpi_import@localhost;
GRANT UPDATE (state, reason, encoding, bytes, sha256, total_rows, refused,
	      warned, account, confirmed_by, network, moved_at, ended_at)
	ON import TO anpi_import@localhost;
GRANT INSERT ON import_row TO anpi_import@localhost;
GRANT SELECT, INSERT ON import_fault TO anpi_import@localhost;
GRANT SELECT ON import_change TO anpi_import@localhost;
GRANT SELECT (id, staff_no, name) ON user TO anpi_import@localhost;
GRANT SELECT (id, code, name) ON grp TO anpi_import@localhost;

-- run-imports ----------------------------------------------------------------
-- Compares and applies.  It stores sealed addresses and reads none: `sealed`
-- goes from row to row within the database.  (UPDATE of a column that nothing
-- changes is what MariaDB asks of who locks a row.)
GRANT SELECT ON import TO anpi_run_imports@localhost;
GRANT UPDATE (state, reason, encoding, bytes, sha256, total_rows, added,
	      changed, removed, refused, warned, difference, account,
	      confirmed_by, network, moved_at, ended_at, emptied)
	ON import TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, UPDATE (line), DELETE ON import_row TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, DELETE ON import_change TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, DELETE ON import_fault TO anpi_run_imports@localhost;
GRANT SELECT, UPDATE ON import_turn TO anpi_run_imports@localhost;
GRANT INSERT ON audit TO anpi_run_imports@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state, version, left_at)
	ON user TO anpi_run_imports@localhost;
GRANT INSERT (staff_no, name, kana, lang, state, left_at)
	ON user TO anpi_run_imports@localhost;
GRANT UPDATE (name, kana, lang, state, version, changed_at, changed_by,
	      left_at)
	ON user TO anpi_run_imports@localhost;
-- The account of somebody who leaves is shut, and his sessions end.
GRANT SELECT (account), DELETE ON session TO anpi_run_imports@localhost;
GRANT SELECT (id, login, user, state), UPDATE (state) ON account
	TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (origin) ON user_region TO anpi_run_imports@localhost;
GRANT SELECT (id, user, place, digest, domain, origin) ON address TO anpi_run_imports@localhost;
GRANT INSERT (user, place, sealed, digest, domain, class) ON address TO anpi_run_imports@localhost;
GRANT DELETE, UPDATE (place) ON address TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, DELETE ON grp_path TO anpi_run_imports@localhost;
GRANT SELECT, UPDATE ON grp_tree TO anpi_run_imports@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (user) ON grp_member TO anpi_run_imports@localhost;
GRANT SELECT ON grp_admin TO anpi_run_imports@localhost;
GRANT SELECT, UPDATE (kind) ON region TO anpi_run_imports@localhost;
GRANT SELECT (broadcast, user, address, state), UPDATE (state) ON message
	TO anpi_run_imports@localhost;
GRANT SELECT (broadcast, cancelled), UPDATE (cancelled) ON delivery
	TO anpi_run_imports@localhost;
GRANT SELECT (broadcast), UPDATE (stale) ON tally_state TO anpi_run_imports@localhost;
GRANT SELECT (id, state) ON broadcast TO anpi_run_imports@localhost;

-- sync-hr --------------------------------------------------------------------
-- Reads, compares and applies files of the personnel system, and sends its
-- report as a broadcast.
GRANT SELECT ON import TO anpi_sync_hr@localhost;
GRANT UPDATE (state, reason, encoding, bytes, sha256, total_rows, added,
	      changed, removed, refused, warned, difference, account,
	      confirmed_by, network, moved_at, ended_at, emptied)
	ON import TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, UPDATE (line), DELETE ON import_row TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, DELETE ON import_change TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, DELETE ON import_fault TO anpi_sync_hr@localhost;
GRANT SELECT, UPDATE ON import_turn TO anpi_sync_hr@localhost;
GRANT INSERT ON audit TO anpi_sync_hr@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state, version, left_at)
	ON user TO anpi_sync_hr@localhost;
GRANT INSERT (staff_no, name, kana, lang, state, left_at)
	ON user TO anpi_sync_hr@localhost;
GRANT UPDATE (name, kana, lang, state, version, changed_at, changed_by,
	      left_at)
	ON user TO anpi_sync_hr@localhost;
-- The account of somebody who leaves is shut, and his sessions end.
GRANT SELECT (account), DELETE ON session TO anpi_sync_hr@localhost;
GRANT SELECT (id, login, user, state), UPDATE (state) ON account
	TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (origin) ON user_region TO anpi_sync_hr@localhost;
GRANT SELECT (id, user, place, digest, domain, origin) ON address TO anpi_sync_hr@localhost;
GRANT INSERT (user, place, sealed, digest, domain, class) ON address TO anpi_sync_hr@localhost;
GRANT DELETE, UPDATE (place) ON address TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, DELETE ON grp_path TO anpi_sync_hr@localhost;
GRANT SELECT, UPDATE ON grp_tree TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (user) ON grp_member TO anpi_sync_hr@localhost;
GRANT SELECT ON grp_admin TO anpi_sync_hr@localhost;
GRANT SELECT, UPDATE (kind) ON region TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast, user, address, state), UPDATE (state) ON message
	TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast, cancelled), UPDATE (cancelled) ON delivery
	TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast), UPDATE (stale) ON tally_state TO anpi_sync_hr@localhost;
GRANT SELECT (id, state) ON broadcast TO anpi_sync_hr@localhost;
GRANT INSERT ON import TO anpi_sync_hr@localhost;
GRANT SELECT (id, role, state, user, login, name) ON account
	TO anpi_sync_hr@localhost;
GRANT INSERT, SELECT ON broadcast TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT ON target TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT ON question TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT ON choice TO anpi_sync_hr@localhost;
GRANT INSERT ON delivery TO anpi_sync_hr@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_sync_hr@localhost;
GRANT SELECT ON event TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast, user, answered_at) ON recipient
	TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_sync_hr@localhost;
GRANT SELECT (broadcast, user, choice) ON answer_choice TO anpi_sync_hr@localhost;

-- export ---------------------------------------------------------------------
-- Reads people and answers; of an address the domain and the state.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_export@localhost;
GRANT SELECT, DELETE ON session TO anpi_export@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_export@localhost;
GRANT INSERT ON audit TO anpi_export@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_export@localhost;
GRANT SELECT ON user_region TO anpi_export@localhost;
GRANT SELECT (id, user, place, domain, class, state) ON address
	TO anpi_export@localhost;
GRANT SELECT ON grp TO anpi_export@localhost;
GRANT SELECT ON grp_path TO anpi_export@localhost;
GRANT SELECT ON grp_member TO anpi_export@localhost;
GRANT SELECT ON grp_admin TO anpi_export@localhost;
GRANT SELECT ON region TO anpi_export@localhost;
GRANT SELECT ON broadcast TO anpi_export@localhost;
GRANT SELECT ON event TO anpi_export@localhost;
GRANT SELECT ON question TO anpi_export@localhost;
GRANT SELECT ON choice TO anpi_export@localhost;
GRANT SELECT ON recipient TO anpi_export@localhost;
GRANT SELECT ON answer TO anpi_export@localhost;
GRANT SELECT ON answer_choice TO anpi_export@localhost;
GRANT SELECT ON proxy TO anpi_export@localhost;
GRANT SELECT ON self_report TO anpi_export@localhost;
GRANT SELECT ON user_word TO anpi_export@localhost;
GRANT SELECT ON delivery TO anpi_export@localhost;
GRANT SELECT ON tally TO anpi_export@localhost;
GRANT SELECT ON stage TO anpi_export@localhost;
GRANT SELECT ON message TO anpi_export@localhost;

-- anpictl also reads, compares and applies files.
GRANT INSERT ON import TO anpi_anpictl@localhost;
GRANT UPDATE (state, reason, encoding, bytes, sha256, total_rows, added,
	      changed, removed, refused, warned, difference, account,
	      confirmed_by, network, moved_at, ended_at, emptied)
	ON import TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, UPDATE (line), DELETE ON import_row TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, DELETE ON import_change TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, DELETE ON import_fault TO anpi_anpictl@localhost;
GRANT SELECT, UPDATE ON import_turn TO anpi_anpictl@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state, version, left_at)
	ON user TO anpi_anpictl@localhost;
GRANT INSERT (staff_no, name, kana, lang, state, left_at)
	ON user TO anpi_anpictl@localhost;
GRANT UPDATE (name, kana, lang, state, version, changed_at, changed_by,
	      left_at)
	ON user TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (origin) ON user_region TO anpi_anpictl@localhost;
GRANT SELECT (id, user, place, digest, domain, origin) ON address TO anpi_anpictl@localhost;
GRANT INSERT (user, place, sealed, digest, domain, class) ON address TO anpi_anpictl@localhost;
GRANT DELETE, UPDATE (place) ON address TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON grp TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, DELETE ON grp_path TO anpi_anpictl@localhost;
GRANT SELECT, UPDATE ON grp_tree TO anpi_anpictl@localhost;
GRANT SELECT, INSERT, DELETE, UPDATE (user) ON grp_member TO anpi_anpictl@localhost;
GRANT SELECT, UPDATE (kind) ON region TO anpi_anpictl@localhost;
GRANT SELECT (broadcast, user, address, state), UPDATE (state) ON message
	TO anpi_anpictl@localhost;
GRANT SELECT (broadcast, cancelled), UPDATE (cancelled) ON delivery
	TO anpi_anpictl@localhost;
GRANT SELECT (broadcast), UPDATE (stale) ON tally_state TO anpi_anpictl@localhost;
GRANT SELECT (id, state) ON broadcast TO anpi_anpictl@localhost;

-- count-addresses ------------------------------------------------------------
-- Counts addresses and asks about old ones, whose links deliver mails.
GRANT SELECT (id, state) ON user TO anpi_count_addresses@localhost;
GRANT SELECT (id, user, state, checked_at) ON address
	TO anpi_count_addresses@localhost;
GRANT SELECT ON user_region TO anpi_count_addresses@localhost;
GRANT SELECT (kind, user, address, made_at),
      INSERT (kind, user, address, made_at, due_at)
	ON link_mail TO anpi_count_addresses@localhost;
GRANT SELECT ON setting TO anpi_count_addresses@localhost;
GRANT SELECT, INSERT, UPDATE ON address_check TO anpi_count_addresses@localhost;
GRANT INSERT ON audit TO anpi_count_addresses@localhost;
GRANT SELECT ON grp_member TO anpi_count_addresses@localhost;
GRANT SELECT ON grp_path TO anpi_count_addresses@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON coverage_person
	TO anpi_count_addresses@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON coverage_group
	TO anpi_count_addresses@localhost;
-- answers --------------------------------------------------------------------
-- Shows people with their answers, enters what others tell of them, replies;
-- of an address it can read the state and the domain.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_answers@localhost;
GRANT SELECT, DELETE ON session TO anpi_answers@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_answers@localhost;
GRANT INSERT ON audit TO anpi_answers@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_answers@localhost;
GRANT SELECT, INSERT ON target TO anpi_answers@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_answers@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_answers@localhost;
GRANT SELECT ON question TO anpi_answers@localhost;
GRANT SELECT ON choice TO anpi_answers@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state, indexed),
      UPDATE (indexed) ON user TO anpi_answers@localhost;
GRANT SELECT, INSERT, DELETE ON user_word TO anpi_answers@localhost;
GRANT SELECT ON user_region TO anpi_answers@localhost;
GRANT SELECT ON region TO anpi_answers@localhost;
GRANT SELECT ON grp TO anpi_answers@localhost;
GRANT SELECT ON grp_path TO anpi_answers@localhost;
GRANT SELECT ON grp_member TO anpi_answers@localhost;
GRANT SELECT ON grp_admin TO anpi_answers@localhost;
GRANT SELECT ON event TO anpi_answers@localhost;
GRANT SELECT ON recipient TO anpi_answers@localhost;
GRANT UPDATE (conflict, replied_at) ON recipient TO anpi_answers@localhost;
GRANT SELECT ON message TO anpi_answers@localhost;
GRANT SELECT (id, user, place, domain, class, state) ON address
	TO anpi_answers@localhost;
GRANT SELECT, INSERT ON answer TO anpi_answers@localhost;
GRANT SELECT ON answer_choice TO anpi_answers@localhost;
GRANT SELECT, INSERT ON proxy TO anpi_answers@localhost;
GRANT SELECT ON self_report TO anpi_answers@localhost;
GRANT SELECT ON tally TO anpi_answers@localhost;
GRANT SELECT (broadcast, asked_to, stale) ON tally_state
	TO anpi_answers@localhost;

-- coming ---------------------------------------------------------------------
-- Counts who can come, keeps posts, calls substitutes; no address in its reach.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_coming@localhost;
GRANT SELECT, DELETE ON session TO anpi_coming@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_coming@localhost;
GRANT INSERT ON audit TO anpi_coming@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_coming@localhost;
GRANT SELECT, INSERT ON target TO anpi_coming@localhost;
GRANT SELECT, INSERT ON question TO anpi_coming@localhost;
GRANT SELECT, INSERT ON choice TO anpi_coming@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_coming@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_coming@localhost;
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_coming@localhost;
GRANT SELECT ON user_region TO anpi_coming@localhost;
GRANT SELECT ON region TO anpi_coming@localhost;
GRANT SELECT ON grp TO anpi_coming@localhost;
GRANT SELECT ON grp_path TO anpi_coming@localhost;
GRANT SELECT ON grp_member TO anpi_coming@localhost;
GRANT SELECT ON grp_admin TO anpi_coming@localhost;
GRANT SELECT ON event TO anpi_coming@localhost;
GRANT SELECT ON recipient TO anpi_coming@localhost;
GRANT SELECT (id, broadcast, user, state, fate) ON message
	TO anpi_coming@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_coming@localhost;
GRANT SELECT ON answer_choice TO anpi_coming@localhost;
GRANT SELECT ON tally TO anpi_coming@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON post TO anpi_coming@localhost;
GRANT SELECT, INSERT, DELETE ON post_person TO anpi_coming@localhost;

-- follow-mail-log ------------------------------------------------------------
-- Notes what became of messages; people are ids to it.
GRANT SELECT (id, broadcast, user, handed_at, fate, deferrals)
	ON message TO anpi_follow_mail_log@localhost;
GRANT UPDATE (fate, fate_at, deferrals, cause, fate_status)
	ON message TO anpi_follow_mail_log@localhost;
GRANT SELECT ON delivery TO anpi_follow_mail_log@localhost;
GRANT UPDATE (accepted, deferred, bounced) ON delivery
	TO anpi_follow_mail_log@localhost;
GRANT SELECT (id, event) ON broadcast TO anpi_follow_mail_log@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_follow_mail_log@localhost;
GRANT SELECT, INSERT, UPDATE ON log_place TO anpi_follow_mail_log@localhost;
GRANT SELECT, INSERT, DELETE ON mail_queue TO anpi_follow_mail_log@localhost;

-- keep-clock -----------------------------------------------------------------
-- Counts times by class of receiver, and mails system admins what was late.
GRANT SELECT, INSERT ON broadcast TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT ON target TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT ON question TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT ON choice TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_keep_clock@localhost;
GRANT INSERT ON audit TO anpi_keep_clock@localhost;
GRANT SELECT (id, state) ON user TO anpi_keep_clock@localhost;
GRANT SELECT ON user_region TO anpi_keep_clock@localhost;
GRANT SELECT ON region TO anpi_keep_clock@localhost;
GRANT SELECT ON grp_path TO anpi_keep_clock@localhost;
GRANT SELECT ON grp_member TO anpi_keep_clock@localhost;
GRANT SELECT ON grp_admin TO anpi_keep_clock@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_keep_clock@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_keep_clock@localhost;
GRANT SELECT ON answer_choice TO anpi_keep_clock@localhost;
GRANT SELECT (id, name, user, role, state) ON account
	TO anpi_keep_clock@localhost;
GRANT SELECT ON event TO anpi_keep_clock@localhost;
GRANT SELECT (id, event, issued_at, reported_at, fetched_at, outcome)
	ON telegram TO anpi_keep_clock@localhost;
GRANT SELECT ON rule TO anpi_keep_clock@localhost;
GRANT SELECT (id, broadcast, user, address, state, handed_at, fate, fate_at,
	deferrals)
	ON message TO anpi_keep_clock@localhost;
GRANT SELECT (id, class) ON address TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT, DELETE ON carrier TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT, UPDATE ON clock TO anpi_keep_clock@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON clock_receiver
	TO anpi_keep_clock@localhost;

-- clock ----------------------------------------------------------------------
-- Shows what keep-clock counted: no person is in its reach.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_clock@localhost;
GRANT SELECT, DELETE ON session TO anpi_clock@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_clock@localhost;
GRANT INSERT ON audit TO anpi_clock@localhost;
GRANT SELECT ON clock TO anpi_clock@localhost;
GRANT SELECT ON clock_receiver TO anpi_clock@localhost;
GRANT SELECT ON event TO anpi_clock@localhost;
GRANT SELECT ON stage TO anpi_clock@localhost;
GRANT SELECT (id, subject) ON broadcast TO anpi_clock@localhost;

-- status ---------------------------------------------------------------------
-- Reads how old things are and how many; nobody and no text is in its reach.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_status@localhost;
GRANT SELECT, DELETE ON session TO anpi_status@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_status@localhost;
GRANT INSERT ON audit TO anpi_status@localhost;
GRANT SELECT ON setting TO anpi_status@localhost;
GRANT SELECT ON feed TO anpi_status@localhost;
GRANT SELECT (id, fetched_at) ON telegram TO anpi_status@localhost;
GRANT SELECT (id, state, drill, made_at) ON event TO anpi_status@localhost;
GRANT SELECT ON stage TO anpi_status@localhost;
GRANT SELECT (state, urgency, due_at) ON message TO anpi_status@localhost;
GRANT SELECT (state, due_at) ON link_mail TO anpi_status@localhost;
GRANT SELECT (id, state, made_at, confirmed_at, send_at) ON broadcast
	TO anpi_status@localhost;
GRANT SELECT ON delivery TO anpi_status@localhost;
GRANT SELECT (at, folded) ON answer TO anpi_status@localhost;
GRANT SELECT (id, state, moved_at) ON import TO anpi_status@localhost;

-- drill ----------------------------------------------------------------------
-- Sends training mail, alarms missing receipts, counts whom a drill reached.
GRANT SELECT, INSERT ON broadcast TO anpi_drill@localhost;
GRANT SELECT, INSERT ON target TO anpi_drill@localhost;
GRANT SELECT, INSERT ON question TO anpi_drill@localhost;
GRANT SELECT, INSERT ON choice TO anpi_drill@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_drill@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_drill@localhost;
GRANT INSERT ON audit TO anpi_drill@localhost;
GRANT SELECT (id, state) ON user TO anpi_drill@localhost;
GRANT SELECT ON user_region TO anpi_drill@localhost;
GRANT SELECT ON region TO anpi_drill@localhost;
GRANT SELECT ON grp_path TO anpi_drill@localhost;
GRANT SELECT ON grp_member TO anpi_drill@localhost;
GRANT SELECT ON grp_admin TO anpi_drill@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_drill@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_drill@localhost;
GRANT SELECT ON answer_choice TO anpi_drill@localhost;
GRANT SELECT (id, name, user, role, state) ON account
	TO anpi_drill@localhost;
GRANT SELECT, UPDATE (next_at) ON drill TO anpi_drill@localhost;
GRANT SELECT ON drill_member TO anpi_drill@localhost;
GRANT SELECT (id, parent) ON grp TO anpi_drill@localhost;
GRANT SELECT, INSERT, UPDATE ON drill_run TO anpi_drill@localhost;
GRANT SELECT (id, broadcast, user, state, fate) ON message
	TO anpi_drill@localhost;
GRANT SELECT, INSERT, DELETE ON drill_reach TO anpi_drill@localhost;
GRANT SELECT, INSERT, UPDATE ON drill_reach_state TO anpi_drill@localhost;

-- drills ---------------------------------------------------------------------
-- Schedules of training mail and reports of drills; of people it names system
-- admins only.
GRANT SELECT (id, login, name, role, state) ON account
	TO anpi_drills@localhost;
GRANT SELECT, DELETE ON session TO anpi_drills@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_drills@localhost;
GRANT INSERT ON audit TO anpi_drills@localhost;
GRANT SELECT (user) ON account TO anpi_drills@localhost;
GRANT SELECT, INSERT, UPDATE ON drill TO anpi_drills@localhost;
GRANT SELECT, INSERT, DELETE ON drill_member TO anpi_drills@localhost;
GRANT SELECT ON drill_run TO anpi_drills@localhost;
GRANT SELECT ON drill_reach TO anpi_drills@localhost;
GRANT SELECT ON drill_reach_state TO anpi_drills@localhost;
GRANT SELECT ON broadcast TO anpi_drills@localhost;
GRANT SELECT ON delivery TO anpi_drills@localhost;
GRANT SELECT ON stage TO anpi_drills@localhost;
GRANT SELECT ON tally TO anpi_drills@localhost;
GRANT SELECT ON grp TO anpi_drills@localhost;
GRANT SELECT (broadcast, user, answered_at, first_at) ON recipient
	TO anpi_drills@localhost;
GRANT SELECT (broadcast, user, at) ON answer TO anpi_drills@localhost;
GRANT SELECT (broadcast, user, fate, state) ON message TO anpi_drills@localhost;

-- watch ----------------------------------------------------------------------
-- Adds up what the audit says of reading, and mails system admins.
GRANT SELECT, INSERT ON audit TO anpi_watch@localhost;
GRANT SELECT, INSERT ON reading_alarm TO anpi_watch@localhost;
GRANT SELECT ON setting TO anpi_watch@localhost;
GRANT SELECT (id, name, user, role, state) ON account TO anpi_watch@localhost;
GRANT SELECT (id, state) ON user TO anpi_watch@localhost;
GRANT SELECT, INSERT ON broadcast TO anpi_watch@localhost;
GRANT SELECT, INSERT ON target TO anpi_watch@localhost;
GRANT SELECT, INSERT ON question TO anpi_watch@localhost;
GRANT SELECT, INSERT ON choice TO anpi_watch@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_watch@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_watch@localhost;
GRANT SELECT ON user_region TO anpi_watch@localhost;
GRANT SELECT ON region TO anpi_watch@localhost;
GRANT SELECT ON grp_path TO anpi_watch@localhost;
GRANT SELECT ON grp_member TO anpi_watch@localhost;
GRANT SELECT ON grp_admin TO anpi_watch@localhost;
GRANT SELECT (broadcast, user, why, answered_at) ON recipient
	TO anpi_watch@localhost;
GRANT SELECT (broadcast, user, folded) ON answer TO anpi_watch@localhost;
GRANT SELECT ON answer_choice TO anpi_watch@localhost;

-- seal-audit -----------------------------------------------------------------
-- Reads what it seals, adds to the chain, changes nothing.
GRANT SELECT, INSERT ON evidence TO anpi_seal_audit@localhost;
GRANT SELECT ON audit TO anpi_seal_audit@localhost;
GRANT SELECT ON broadcast TO anpi_seal_audit@localhost;
GRANT SELECT ON question TO anpi_seal_audit@localhost;
GRANT SELECT ON choice TO anpi_seal_audit@localhost;
GRANT SELECT ON target TO anpi_seal_audit@localhost;
GRANT SELECT ON decision TO anpi_seal_audit@localhost;
GRANT SELECT ON tally TO anpi_seal_audit@localhost;
GRANT SELECT ON tally_state TO anpi_seal_audit@localhost;
GRANT SELECT ON delivery TO anpi_seal_audit@localhost;
GRANT SELECT (id, kind, title, max_level) ON event TO anpi_seal_audit@localhost;
GRANT SELECT (id, event, outcome, type, sha256) ON telegram
	TO anpi_seal_audit@localhost;
GRANT SELECT (broadcast, user) ON recipient TO anpi_seal_audit@localhost;
GRANT SELECT (id, staff_no) ON user TO anpi_seal_audit@localhost;
GRANT SELECT (id, login) ON account TO anpi_seal_audit@localhost;
GRANT SELECT (id, name) ON rule TO anpi_seal_audit@localhost;

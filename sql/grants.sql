-- Grants: what each program may do in the database, and nothing else.  One
-- account per program, anpi_NAME; whoever sets up a site makes the accounts
-- with their passwords first, then loads this file.  Loading it again is
-- harmless.  Every screen with a session reads accounts, keeps sessions and
-- adds audit lines; the audit can be changed by none.  Source: S5, DESIGN 9.

-- login ----------------------------------------------------------------------
GRANT SELECT (id, login, name, role, password_hash, state, failures,
	      locked_until, last_login_at) ON account TO anpi_login@localhost;
GRANT UPDATE (failures, locked_until, last_login_at)
	ON account TO anpi_login@localhost;
GRANT SELECT, INSERT, DELETE ON session TO anpi_login@localhost;
GRANT UPDATE (seen_at) ON session TO anpi_login@localhost;
GRANT SELECT, INSERT ON login_failure TO anpi_login@localhost;
GRANT INSERT ON audit TO anpi_login@localhost;

-- poll-feeds -----------------------------------------------------------------
-- Telegrams in, events made and changed; no person is in its reach.
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
GRANT SELECT (id, event) ON broadcast TO anpi_poll_feeds@localhost;

-- events ---------------------------------------------------------------------
-- Shows and decides; counts people, and never sees an address.
GRANT SELECT (id, login, name, role, state) ON account TO anpi_events@localhost;
GRANT SELECT, DELETE ON session TO anpi_events@localhost;
GRANT UPDATE (seen_at, looks_at, looked_at) ON session
	TO anpi_events@localhost;
GRANT INSERT ON audit TO anpi_events@localhost;
GRANT SELECT ON telegram TO anpi_events@localhost;
GRANT SELECT ON event TO anpi_events@localhost;
GRANT UPDATE (state, decided_by, decided_at, reason)
	ON event TO anpi_events@localhost;
GRANT SELECT ON event_region TO anpi_events@localhost;
GRANT UPDATE (decided_rank) ON event_region TO anpi_events@localhost;
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
GRANT SELECT (broadcast, user) ON answer TO anpi_events@localhost;
GRANT SELECT, INSERT ON delivery TO anpi_events@localhost;
GRANT SELECT ON tally TO anpi_events@localhost;
GRANT SELECT (broadcast, state) ON message TO anpi_events@localhost;

-- anpictl --------------------------------------------------------------------
-- What the tools and screens do, by hand; like them it cannot change the
-- audit, and holds no key that opens an address.
GRANT SELECT ON anpi.* TO anpi_anpictl@localhost;
GRANT INSERT ON audit TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON telegram TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON event TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE, DELETE ON event_region TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON stage TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON account TO anpi_anpictl@localhost;
GRANT DELETE ON session TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON broadcast TO anpi_anpictl@localhost;
GRANT INSERT ON target TO anpi_anpictl@localhost;
GRANT INSERT ON question TO anpi_anpictl@localhost;
GRANT INSERT ON choice TO anpi_anpictl@localhost;
GRANT INSERT ON delivery TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE, DELETE ON tally TO anpi_anpictl@localhost;
GRANT INSERT, UPDATE ON tally_state TO anpi_anpictl@localhost;
GRANT INSERT, DELETE ON answer_choice TO anpi_anpictl@localhost;
GRANT UPDATE (folded) ON answer TO anpi_anpictl@localhost;
GRANT UPDATE (answered_at, first_at, proxy_at, conflict)
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
GRANT SELECT, UPDATE (answered_at, first_at, proxy_at, conflict) ON recipient
	TO anpi_dashboard@localhost;
GRANT SELECT (broadcast, user) ON proxy TO anpi_dashboard@localhost;
GRANT CREATE TEMPORARY TABLES ON anpi.* TO anpi_dashboard@localhost;

-- respond --------------------------------------------------------------------
-- Reads one person's line and adds answers; changes nothing.
GRANT SELECT (id, name, lang, link_generation) ON user
	TO anpi_respond@localhost;
GRANT SELECT (broadcast, user, why, answered_at, replied_at) ON recipient
	TO anpi_respond@localhost;
GRANT SELECT (code, name) ON region TO anpi_respond@localhost;
GRANT SELECT (user, state) ON address TO anpi_respond@localhost;
GRANT SELECT (broadcast, user, at, channel, choices, comment, folded), INSERT
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
GRANT SELECT (id, name, lang, link_generation) ON user
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
GRANT UPDATE (answered_at, first_at, proxy_at, conflict) ON recipient
	TO anpi_replay_answers@localhost;
GRANT SELECT (broadcast, user) ON proxy TO anpi_replay_answers@localhost;
GRANT SELECT (id, enqueued_to) ON broadcast TO anpi_replay_answers@localhost;
GRANT SELECT (id, broadcast) ON question TO anpi_replay_answers@localhost;
GRANT SELECT (id, question) ON choice TO anpi_replay_answers@localhost;
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
GRANT SELECT (id, user, place, domain, class, state) ON address
	TO anpi_broadcasts@localhost;
GRANT SELECT ON answer TO anpi_broadcasts@localhost;
GRANT SELECT ON answer_choice TO anpi_broadcasts@localhost;
GRANT SELECT ON tally TO anpi_broadcasts@localhost;

-- enqueue --------------------------------------------------------------------
-- Selects people, and never sees an address or a name.
GRANT SELECT (id, role, state) ON account TO anpi_enqueue@localhost;
GRANT SELECT ON broadcast TO anpi_enqueue@localhost;
GRANT UPDATE (state, enqueued_to, recipients) ON broadcast
	TO anpi_enqueue@localhost;
GRANT SELECT ON target TO anpi_enqueue@localhost;
GRANT SELECT ON question TO anpi_enqueue@localhost;
GRANT SELECT ON choice TO anpi_enqueue@localhost;
GRANT SELECT ON event TO anpi_enqueue@localhost;
GRANT SELECT ON event_region TO anpi_enqueue@localhost;
GRANT SELECT (id, state) ON user TO anpi_enqueue@localhost;
GRANT SELECT ON user_region TO anpi_enqueue@localhost;
GRANT SELECT ON region TO anpi_enqueue@localhost;
GRANT SELECT ON grp_path TO anpi_enqueue@localhost;
GRANT SELECT ON grp_member TO anpi_enqueue@localhost;
GRANT SELECT ON grp_admin TO anpi_enqueue@localhost;
GRANT SELECT (id, user, place, state) ON address TO anpi_enqueue@localhost;
GRANT SELECT (broadcast, user) ON answer TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON recipient TO anpi_enqueue@localhost;
GRANT SELECT, INSERT ON message TO anpi_enqueue@localhost;
GRANT SELECT ON delivery TO anpi_enqueue@localhost;
GRANT UPDATE (messages) ON delivery TO anpi_enqueue@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_enqueue@localhost;

-- deliver --------------------------------------------------------------------
-- The one that opens addresses: it knows no names, and changes nothing but the
-- queue.
GRANT SELECT ON message TO anpi_deliver@localhost;
GRANT UPDATE (state, attempts, due_at, lease_until, holder, handed_at, status)
	ON message TO anpi_deliver@localhost;
GRANT SELECT ON delivery TO anpi_deliver@localhost;
GRANT UPDATE (handed, refused, cancelled) ON delivery
	TO anpi_deliver@localhost;
GRANT SELECT ON broadcast TO anpi_deliver@localhost;
GRANT UPDATE (state) ON broadcast TO anpi_deliver@localhost;
GRANT SELECT (id, broadcast) ON question TO anpi_deliver@localhost;
GRANT SELECT (id, drill) ON event TO anpi_deliver@localhost;
GRANT SELECT (event, region, level) ON event_region TO anpi_deliver@localhost;
GRANT SELECT (code, name) ON region TO anpi_deliver@localhost;
GRANT SELECT (id, name) ON grp TO anpi_deliver@localhost;
GRANT SELECT (id, sealed, class) ON address TO anpi_deliver@localhost;
GRANT SELECT (id, lang, link_generation) ON user TO anpi_deliver@localhost;
GRANT SELECT (broadcast, user, why) ON recipient TO anpi_deliver@localhost;
GRANT SELECT, INSERT, UPDATE ON stage TO anpi_deliver@localhost;

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
GRANT SELECT (id, staff_no, name, kana, lang, state) ON user
	TO anpi_answers@localhost;
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
GRANT SELECT (id, broadcast, user, state) ON message TO anpi_coming@localhost;
GRANT SELECT (broadcast, user) ON answer TO anpi_coming@localhost;
GRANT SELECT ON answer_choice TO anpi_coming@localhost;
GRANT SELECT ON tally TO anpi_coming@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON post TO anpi_coming@localhost;
GRANT SELECT, INSERT, DELETE ON post_person TO anpi_coming@localhost;

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

#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

/*
 * Settings: HDF text in the folder that the environment names in ANPI_CONF
 * (default /etc/anpi).  `anpi.hdf` is shared by all programs; after it
 * `programs/NAME.hdf` is read, which only that program's user can open and
 * which holds its database account.  Read once, when a program starts.
 */

/* Reads the settings of a program.  Ends the process with a clear message if
 * a file is missing or not readable. */
void config_open(const char *program);

/* The value of a key such as "Site.Url"; fallback where it is not set. */
const char *config_text(const char *key, const char *fallback);

/* Likewise a number within least and most; ends the process if the value is
 * not one, since a wrong setting must not be guessed at. */
long long config_int(const char *key, long long fallback, long long least,
		     long long most);

/* A value that must be there; ends the process if it is not. */
const char *config_must(const char *key);

/* The name of this machine: Site.Machine, else what the system calls it. */
const char *config_machine(void);

#endif

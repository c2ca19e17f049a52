/* Script only adds to pages: each works without it. */

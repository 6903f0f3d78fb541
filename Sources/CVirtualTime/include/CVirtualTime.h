void firedrill_placeholder(void);

// One line editor over GNU readline, whose state is global: all functions are for one thread.
//
// Readline's callback interface is used, so that the caller waits for the terminal and for its own events at once, and
// readline installs no signal handlers.
#pragma once

// Called with a line that was finished, or NULL at the end of the input. The prompt has been taken down by then.
typedef void (*kavka_line_handler)(void *context, const char *line);

// What readline is to do about the word before the cursor.
typedef enum {
  KAVKA_COMPLETE_CANDIDATES,
  KAVKA_COMPLETE_FILE_NAMES,
} kavka_completion_kind;

// Called when completion is asked for: the bytes of `line` from `start` to `end` are the word. Candidates are handed over
// by kavka_readline_candidate.
typedef kavka_completion_kind (*kavka_completer)(void *context, const char *line, int start, int end);

// Prepares the editor, which reads and writes copies of the two descriptors. Returns 0, or an errno.
int kavka_readline_open(int input, int output, void *context, kavka_line_handler on_line, kavka_completer completer);

// Shows a prompt and takes over the terminal until a line is finished or kavka_readline_interrupt is called.
void kavka_readline_prompt(const char *prompt);

// Takes in what was typed. To be called when the input is readable.
void kavka_readline_read(void);

// Drops the line that is being typed, shows ^C behind it, and gives the terminal back.
void kavka_readline_interrupt(void);

// Gives the terminal back for a while, without a trace of the line on it being lost, and takes it over again.
void kavka_readline_pause(void);
void kavka_readline_resume(void);

// Gives the terminal back.
void kavka_readline_close(void);

// Learns the terminal's new size.
void kavka_readline_resize(void);

// Adds a candidate while a completer runs.
void kavka_readline_candidate(const char *text);

// Adds a line to those that can be called back; at most `limit` are kept.
void kavka_readline_remember(const char *line, int limit);

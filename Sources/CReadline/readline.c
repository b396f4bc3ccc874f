#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static void *owner;
static kavka_line_handler handle_line;
static kavka_completer complete;

static char **candidates;
static size_t candidate_count;
static size_t candidate_capacity;

static void finish_line(char *line) {
  // Before the caller hears of it: otherwise readline would show the next prompt by itself, above the line's output.
  rl_callback_handler_remove();
  // At the end of the input the cursor still stands behind the prompt, unless readline ended bracketed paste there.
  const char *pastes = rl_variable_value("enable-bracketed-paste");
  if (!line && (!pastes || strcmp(pastes, "on") != 0)) {
    fputc('\n', rl_outstream);
    fflush(rl_outstream);
  }
  handle_line(owner, line);
  free(line);
}

// What all candidates begin with.
static char *common_prefix(void) {
  size_t length = strlen(candidates[0]);
  for (size_t i = 1; i < candidate_count; i++) {
    size_t same = 0;
    while (same < length && candidates[i][same] == candidates[0][same]) same++;
    length = same;
  }
  return strndup(candidates[0], length);
}

// Hands the candidates over in readline's form: what they have in common, each of them, NULL.
static char **take_candidates(void) {
  char **matches = NULL;
  if (candidate_count > 0) matches = calloc(candidate_count + 2, sizeof(char *));
  if (matches && !(matches[0] = common_prefix())) {
    free(matches);
    matches = NULL;
  }
  if (matches) {
    // A single match stands at the head alone.
    if (candidate_count > 1) {
      memcpy(matches + 1, candidates, candidate_count * sizeof(char *));
    } else {
      free(candidates[0]);
    }
  } else {
    for (size_t i = 0; i < candidate_count; i++) free(candidates[i]);
  }
  candidate_count = 0;
  return matches;
}

void kavka_readline_candidate(const char *text) {
  if (candidate_count == candidate_capacity) {
    size_t capacity = candidate_capacity ? candidate_capacity * 2 : 64;
    char **grown = realloc(candidates, capacity * sizeof(char *));
    if (!grown) return;
    candidates = grown;
    candidate_capacity = capacity;
  }
  char *copy = strdup(text);
  if (copy) candidates[candidate_count++] = copy;
}

static char **find_candidates(const char *text, int start, int end) {
  (void)text;
  if (complete(owner, rl_line_buffer, start, end) == KAVKA_COMPLETE_FILE_NAMES) return NULL;
  // Without candidates readline would offer file names.
  rl_attempted_completion_over = 1;
  return take_candidates();
}

static FILE *open_copy(int descriptor, const char *mode) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *stream = fdopen(copy, mode);
  if (!stream) close(copy);
  return stream;
}

int kavka_readline_open(int input, int output, void *context, kavka_line_handler on_line, kavka_completer completer) {
  owner = context;
  handle_line = on_line;
  complete = completer;
  FILE *in = open_copy(input, "r");
  if (!in) return errno;
  FILE *out = open_copy(output, "w");
  if (!out) {
    int failure = errno;
    fclose(in);
    return failure;
  }
  rl_instream = in;
  rl_outstream = out;
  // The name for conditions in the user's inputrc.
  rl_readline_name = "kavka";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_attempted_completion_function = find_candidates;
  // Those of the shell's own lexer. With "=" the values of long options are words of their own.
  rl_completer_word_break_characters = " \t=>";
  rl_completer_quote_characters = "'\"";
  rl_filename_quote_characters = " \t\\'\"#|>";
  using_history();
  return 0;
}

void kavka_readline_prompt(const char *prompt) {
  rl_callback_handler_install(prompt, finish_line);
  // It may have changed while a command had the terminal.
  rl_reset_screen_size();
}

void kavka_readline_read(void) { rl_callback_read_char(); }

void kavka_readline_interrupt(void) {
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_point = rl_end;
  rl_redisplay();
  rl_echo_signal_char(SIGINT);
  rl_callback_handler_remove();
  fputc('\n', rl_outstream);
  fflush(rl_outstream);
}

void kavka_readline_pause(void) {
  rl_deprep_terminal();
  fflush(rl_outstream);
}

void kavka_readline_resume(void) {
  rl_prep_terminal(1);
  rl_forced_update_display();
}

void kavka_readline_close(void) {
  rl_callback_handler_remove();
  if (rl_outstream) fflush(rl_outstream);
}

void kavka_readline_resize(void) { rl_resize_terminal(); }

void kavka_readline_remember(const char *line, int limit) {
  stifle_history(limit);
  add_history(line);
}

#pragma once
// Translation with a model trained on pairs: the model reads the source as it did in training, and beam search (Graves
// 2012; Sutskever et al. 2014) finds the target, which ends with a line end.

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/hypotheses.h"
#include "transformer/model.h"

namespace noema::transformer {

struct TranslateOptions {
  int beam = 4;            // hypotheses kept at each step; 1 is greedy
  float length_power = 1;  // hypotheses are compared by ln p / tokens^power; 0 prefers short ones
  int most_tokens = 0;     // of a translation, at most; 0: as many as fit the context
};

struct Translation {
  std::vector<Token> tokens;   // without the line end
  double log_probability = 0;  // of the tokens, and of the line end if there is one
  bool ended = false;          // by a line end; otherwise it was cut off by the context or most_tokens
};

/// Searches for several translations at once. Single-threaded.
class Translator {
 public:
  /// The model must outlive it. Throws Error if it was not trained on pairs, or predicts no text.
  Translator(const Model& model, int most_sources, const TranslateOptions& options);
  /// Searches with other hypotheses over the model's tokens, in most_sources * beam slots, which must outlive it: those
  /// of a mixture of predictors, such as one that learns from the pairs that it is told.
  Translator(const Model& model, Hypotheses& hypotheses, const TranslateOptions& options);

  /// Translates each source; there may be at most most_sources. A source that would leave less than half a context to
  /// the target is cut off at its end, as in training. O(beam target (parameters + context width)) a source. Throws
  /// Error if the model's predictions are not finite, Interrupted when a stop is requested, between the tokens of a
  /// translation too.
  std::vector<Translation> translate(std::span<const std::vector<Token>> sources, const std::stop_token& stop = {});

 private:
  struct Hypothesis {
    int slot;
    std::vector<Token> tokens;
    double score;  // ln p
  };
  struct Candidate {
    double score;
    int parent;
    Token token;
  };
  struct Search {
    std::vector<Hypothesis> alive;
    std::vector<Translation> finished;
    std::size_t room = 0;  // tokens
    bool done = false;
  };
  void find_ends();
  Search begin(int first_slot, std::span<const Token> source);
  void step(std::span<Search> searches);
  void propose(const Hypothesis& hypothesis, int parent, std::span<const float> log_probabilities);
  bool cannot_improve(const Search& search, const Hypothesis& alive) const;
  void select(Search& search, int first_slot);
  void settle(std::vector<Hypothesis>& chosen, std::span<const int> parents, int first_slot);
  double normalised(const Translation& translation) const;
  Translation best(const Search& search) const;

  const Model& model_;
  TranslateOptions options_;
  std::unique_ptr<Hypotheses> own_;
  Hypotheses* reader_;
  std::vector<char> ends_;  // by token: its text holds a line feed
  std::vector<Candidate> candidates_;
  std::vector<Token> order_;
};

/// Translates lines of text on `threads` threads (0: all); the same on any number. observe(done), unless empty, is
/// called now and then by one thread at a time; when it returns false the rest is left empty.
std::vector<std::string> translate_lines(const Model& model, std::span<const std::string> lines,
                                         const TranslateOptions& options, int threads = 0,
                                         const std::function<bool(std::size_t)>& observe = {},
                                         const std::stop_token& stop = {});

}  // namespace noema::transformer

#pragma once
// Text files as tokens, for training and evaluation.

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/tokenizer.h"
#include "transformer/tokens.h"

namespace noema::transformer {

/// Two texts; a model learns to predict the second from the first.
struct Pair {
  std::vector<Token> source, target;  // the target ends with a line end
};

struct Corpus {
  Tokens tokens;
  std::uint64_t characters = 0;  // line ends included
  std::uint64_t words = 0;       // separated by white space
  std::uint64_t lines = 0;
  std::string hash;  // SHA-256 of the lines read
};

/// Counts how often each unit occurs in the files. Throws Error if one cannot be read (see base::LineReader),
/// Interrupted when a stop is requested. O(bytes).
std::map<std::string, std::uint64_t> count_units(const std::vector<std::filesystem::path>& files,
                                                 const std::stop_token& stop = {});

/// Throws Error if a file is empty or cannot be read as text to its end. O(bytes).
void require_text(const std::filesystem::path& file, const std::stop_token& stop = {});

/// The tokens of all files, concatenated; every line ends with a line end. Lines are read one by one, and the tokens
/// are kept in a file without a name in `folder`, so that a text may be larger than memory if the folder is on a disk.
/// An empty folder means the system's temporary one. Throws Error if a file cannot be read or the folder is not
/// writable. O(bytes).
Corpus read_corpus(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer,
                   const std::filesystem::path& folder = {}, const std::stop_token& stop = {});

/// The tokens of a line of text, without its line end.
std::vector<Token> tokens_of_line(std::string_view line, const Tokenizer& tokenizer);

/// The columns of a tab-separated file that hold the two sides of a pair, counted from 1. If no columns are chosen, the
/// file must have exactly two.
struct PairColumns {
  int source = 1, target = 2;
  bool chosen = false;

  /// "4,3": source and target. Throws UsageError.
  static PairColumns parse(std::string_view text);
};

/// Both sides of every line of a file (plain, .gz or .xz). Throws Error with file and line if a line has too few
/// columns, or if it has more than two and none were chosen.
struct TextPair {
  std::string source, target;
};
std::vector<TextPair> read_text_pairs(const std::filesystem::path& file, const PairColumns& columns = {});

/// The pairs of a file as tokens; the text itself is not kept in memory.
std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer,
                             const PairColumns& columns = {});
Pair tokens_of_pair(std::string_view source, std::string_view target, const Tokenizer& tokenizer);

/// Adds the units of both sides of a file's pairs to `counts`. Throws Error as read_text_pairs does. O(bytes).
void count_pair_units(const std::filesystem::path& file, const PairColumns& columns,
                      std::map<std::string, std::uint64_t>& counts);

}  // namespace noema::transformer

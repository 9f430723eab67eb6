#pragma once
// Text files as tokens: what training and evaluation read.

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/tokenizer.h"
#include "transformer/tokens.h"

namespace noema::transformer {

/// Two texts that belong together, the second to be predicted from the first.
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

/// How often each unit occurs in the files. Throws Error if one cannot be read (see base::LineReader),
/// Interrupted when a stop is requested. O(bytes).
std::map<std::string, std::uint64_t> count_units(const std::vector<std::filesystem::path>& files,
                                                 const std::stop_token& stop = {});

/// Throws Error if a file is empty or cannot be read as text to its end. O(bytes).
void require_text(const std::filesystem::path& file, const std::stop_token& stop = {});

/// The files' tokens one after another; every line ends with its line end. Lines are read one by one and tokens are
/// kept in a file without a name in `folder`: if that is on a disk, a text may be larger than memory. No folder: the
/// system's temporary one. Throws Error if a file cannot be read, or the folder not be written to. O(bytes).
Corpus read_corpus(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer,
                   const std::filesystem::path& folder = {}, const std::stop_token& stop = {});

/// The tokens of a line of text, without its line end.
std::vector<Token> tokens_of_line(std::string_view line, const Tokenizer& tokenizer);

/// Which columns of a file of lines parted by tabs are the two sides of a pair, from 1. A file of which no columns were
/// chosen must have two.
struct PairColumns {
  int source = 1, target = 2;
  bool chosen = false;

  /// "4,3": source and target. Throws UsageError.
  static PairColumns parse(std::string_view text);
};

/// Both sides of every line of a file (plain, .gz or .xz), as they are written. Throws Error with file and line if a
/// line has too few columns, or more than two of which none were chosen.
struct TextPair {
  std::string source, target;
};
std::vector<TextPair> read_text_pairs(const std::filesystem::path& file, const PairColumns& columns = {});

/// The same as tokens; the text is read line by line and not kept.
std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer,
                             const PairColumns& columns = {});
Pair tokens_of_pair(std::string_view source, std::string_view target, const Tokenizer& tokenizer);

/// Adds the units of both sides of a file's pairs to counts. Throws Error as read_text_pairs does. O(bytes).
void count_pair_units(const std::filesystem::path& file, const PairColumns& columns,
                      std::map<std::string, std::uint64_t>& counts);

}  // namespace noema::transformer

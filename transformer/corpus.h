#pragma once
// Text files as tokens: what training and evaluation read.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Two texts that belong together, the second to be predicted from the first.
struct Pair {
  std::vector<Token> source, target;  // the target ends with a line end
};

struct Corpus {
  std::vector<Token> tokens;
  std::uint64_t characters = 0;  // line ends included
  std::uint64_t words = 0;       // separated by white space
  std::uint64_t lines = 0;
  std::string hash;  // SHA-256 of the lines read
};

/// How often each unit occurs in the files. Throws Error if one cannot be read (see base::LineReader). O(bytes).
std::map<std::string, std::uint64_t> count_units(const std::vector<std::filesystem::path>& files);

/// The files' tokens one after another; every line ends with its line end. Throws Error if one cannot be read.
/// O(bytes).
Corpus read_corpus(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer);

/// The tokens of a line of text, without its line end.
std::vector<Token> tokens_of_line(std::string_view line, const Tokenizer& tokenizer);

/// Pairs from lines "source TAB target". Throws Error with the line's number if one has no tab.
std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer);

/// Adds the units of both sides of a file of pairs to counts.
void count_pair_units(const std::filesystem::path& file, std::map<std::string, std::uint64_t>& counts);

}  // namespace noema::transformer

#include "transformer/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <unordered_map>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

namespace noema::transformer {
namespace {

void for_each_line(const std::vector<std::filesystem::path>& files,
                   const std::function<void(const std::string&)>& visit) {
  for (const auto& file : files) {
    base::LineReader reader(file);
    while (const auto line = reader.next()) visit(*line);
  }
}

std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t begin = 0;;) {
    const auto tab = line.find('\t', begin);
    columns.push_back(line.substr(begin, tab - begin));
    if (tab == line.npos) return columns;
    begin = tab + 1;
  }
}

}  // namespace

std::map<std::string, std::uint64_t> count_units(const std::vector<std::filesystem::path>& files) {
  std::unordered_map<std::string, std::uint64_t> counts;
  base::Segmenter segmenter;
  for_each_line(files, [&](const std::string& line) {
    for (const auto& unit : segmenter.split(line)) ++counts[base::surface_of(line, unit)];
  });
  return {counts.begin(), counts.end()};
}

Corpus read_corpus(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer) {
  Corpus corpus;
  base::Segmenter segmenter;
  base::Sha256 hash;
  std::unordered_map<std::string, std::vector<Token>> known;  // units repeat: each is encoded once
  for_each_line(files, [&](const std::string& line) {
    for (const auto& unit : segmenter.split(line)) {
      const std::string surface = base::surface_of(line, unit);
      const auto [entry, fresh] = known.try_emplace(surface);
      if (fresh) entry->second = tokenizer.encode(surface);
      corpus.tokens.insert(corpus.tokens.end(), entry->second.begin(), entry->second.end());
    }
    corpus.characters += base::count_characters(line) + 1;
    corpus.words += base::count_words(line);
    ++corpus.lines;
    hash.text(line);
  });
  corpus.hash = hash.hex();
  return corpus;
}

std::vector<Token> tokens_of_line(std::string_view line, const Tokenizer& tokenizer) {
  std::vector<Token> tokens;
  base::Segmenter segmenter;
  for (const auto& unit : segmenter.split(line)) {
    if (unit.line_end && unit.begin == unit.end) break;
    const auto more = tokenizer.encode(line.substr(unit.begin, unit.end - unit.begin));
    tokens.insert(tokens.end(), more.begin(), more.end());
  }
  return tokens;
}

PairColumns PairColumns::parse(std::string_view text) {
  PairColumns columns{0, 0, true};
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, columns.source);
  if (first.ec == std::errc() && first.ptr != end && *first.ptr == ',') {
    const auto second = std::from_chars(first.ptr + 1, end, columns.target);
    if (second.ec == std::errc() && second.ptr == end && std::min(columns.source, columns.target) >= 1) return columns;
  }
  throw base::UsageError(
      fmt::format("columns {}: expected the source's column and the target's, from 1, such as 1,2", text));
}

std::vector<TextPair> read_text_pairs(const std::filesystem::path& file, const PairColumns& columns) {
  std::vector<TextPair> pairs;
  base::LineReader reader(file);
  const auto needed = static_cast<std::size_t>(std::max(columns.source, columns.target));
  while (const auto line = reader.next()) {
    const auto found = columns_of(*line);
    const auto refuse = [&](const std::string& expected) {
      throw base::Error(fmt::format("{}:{}: expected {}, found {} column{}", file.string(), reader.line_number(),
                                    expected, found.size(), found.size() == 1 ? "" : "s"));
    };
    if (found.size() < needed)
      refuse(columns.chosen ? fmt::format("at least {} columns parted by tabs", needed) : "source TAB target");
    if (!columns.chosen && found.size() > 2) refuse("source TAB target (or choose columns, such as 4,3)");
    pairs.push_back({std::string(found[static_cast<std::size_t>(columns.source) - 1]),
                     std::string(found[static_cast<std::size_t>(columns.target) - 1])});
  }
  return pairs;
}

std::vector<Pair> tokens_of_pairs(const std::vector<TextPair>& pairs, const Tokenizer& tokenizer) {
  std::vector<Pair> tokens;
  tokens.reserve(pairs.size());
  const auto line_end = tokenizer.encode("\n");
  for (const auto& [source, target] : pairs) {
    tokens.push_back({tokens_of_line(source, tokenizer), tokens_of_line(target, tokenizer)});
    tokens.back().target.insert(tokens.back().target.end(), line_end.begin(), line_end.end());
  }
  return tokens;
}

std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer,
                             const PairColumns& columns) {
  return tokens_of_pairs(read_text_pairs(file, columns), tokenizer);
}

void count_pair_units(const std::vector<TextPair>& pairs, std::map<std::string, std::uint64_t>& counts) {
  base::Segmenter segmenter;
  for (const TextPair& pair : pairs)
    for (const std::string_view side : {std::string_view(pair.source), std::string_view(pair.target)})
      for (const auto& unit : segmenter.split(side)) ++counts[base::surface_of(side, unit)];
}

}  // namespace noema::transformer

#include "transformer/corpus.h"

#include <fmt/format.h>

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

std::pair<std::string_view, std::string_view> sides_of(std::string_view line, const std::filesystem::path& file,
                                                       std::uint64_t number) {
  const auto tab = line.find('\t');
  if (tab == line.npos)
    throw base::Error(fmt::format("{}:{}: expected source TAB target, found no tab", file.string(), number));
  return {line.substr(0, tab), line.substr(tab + 1)};
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

std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer) {
  std::vector<Pair> pairs;
  base::LineReader reader(file);
  const auto line_end = tokenizer.encode("\n");
  while (const auto line = reader.next()) {
    const auto [source, target] = sides_of(*line, file, reader.line_number());
    Pair pair{tokens_of_line(source, tokenizer), tokens_of_line(target, tokenizer)};
    pair.target.insert(pair.target.end(), line_end.begin(), line_end.end());
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

void count_pair_units(const std::filesystem::path& file, std::map<std::string, std::uint64_t>& counts) {
  base::LineReader reader(file);
  base::Segmenter segmenter;
  while (const auto line = reader.next()) {
    const auto sides = sides_of(*line, file, reader.line_number());
    for (const auto side : {sides.first, sides.second})
      for (const auto& unit : segmenter.split(side)) ++counts[base::surface_of(side, unit)];
  }
}

}  // namespace noema::transformer

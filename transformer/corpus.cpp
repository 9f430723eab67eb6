#include "transformer/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <unordered_map>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/stop.h"
#include "base/text.h"

namespace noema::transformer {
namespace {

void for_each_line(const std::vector<std::filesystem::path>& files, const std::stop_token& stop,
                   const std::function<void(const std::string&)>& visit) {
  for (const auto& file : files) {
    base::LineReader reader(file);
    while (const auto line = reader.next()) {
      base::stop_if_requested(stop);
      visit(*line);
    }
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

/// Calls visit(source, target) for each line.
template <typename Visit>
void for_each_pair(const std::filesystem::path& file, const PairColumns& columns, Visit visit) {
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
    visit(found[static_cast<std::size_t>(columns.source) - 1], found[static_cast<std::size_t>(columns.target) - 1]);
  }
}

}  // namespace

std::map<std::string, std::uint64_t> count_units(const std::vector<std::filesystem::path>& files,
                                                 const std::stop_token& stop) {
  std::unordered_map<std::string, std::uint64_t> counts;
  base::Segmenter segmenter;
  for_each_line(files, stop, [&](const std::string& line) {
    for (const auto& unit : segmenter.split(line)) ++counts[base::surface_of(line, unit)];
  });
  return {counts.begin(), counts.end()};
}

Corpus read_corpus(const std::vector<std::filesystem::path>& files, const Tokenizer& tokenizer,
                   const std::filesystem::path& folder, const std::stop_token& stop) {
  Corpus corpus;
  TokenWriter writer(folder);
  base::Segmenter segmenter;
  base::Sha256 hash;
  std::unordered_map<std::string, std::vector<Token>> known;  // units repeat, so each is encoded once
  for_each_line(files, stop, [&](const std::string& line) {
    for (const auto& unit : segmenter.split(line)) {
      const std::string surface = base::surface_of(line, unit);
      const auto [entry, fresh] = known.try_emplace(surface);
      if (fresh) entry->second = tokenizer.encode(surface);
      writer.append(entry->second);
    }
    corpus.characters += base::count_characters(line) + 1;
    corpus.words += base::count_words(line);
    ++corpus.lines;
    hash.text(line);
  });
  corpus.tokens = writer.finish();
  corpus.hash = hash.hex();
  return corpus;
}

void require_text(const std::filesystem::path& file, const std::stop_token& stop) {
  bool any = false;
  for_each_line({file}, stop, [&](const std::string&) { any = true; });
  if (!any) throw base::Error(fmt::format("{}: the text is empty; give a file with text", file.string()));
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
  for_each_pair(file, columns, [&](std::string_view source, std::string_view target) {
    pairs.push_back({std::string(source), std::string(target)});
  });
  return pairs;
}

Pair tokens_of_pair(std::string_view source, std::string_view target, const Tokenizer& tokenizer) {
  Pair pair{tokens_of_line(source, tokenizer), tokens_of_line(target, tokenizer)};
  const auto line_end = tokenizer.encode("\n");
  pair.target.insert(pair.target.end(), line_end.begin(), line_end.end());
  return pair;
}

std::vector<Pair> read_pairs(const std::filesystem::path& file, const Tokenizer& tokenizer,
                             const PairColumns& columns) {
  std::vector<Pair> pairs;
  for_each_pair(file, columns, [&](std::string_view source, std::string_view target) {
    pairs.push_back(tokens_of_pair(source, target, tokenizer));
  });
  return pairs;
}

void count_pair_units(const std::filesystem::path& file, const PairColumns& columns,
                      std::map<std::string, std::uint64_t>& counts) {
  base::Segmenter segmenter;
  for_each_pair(file, columns, [&](std::string_view source, std::string_view target) {
    for (const std::string_view side : {source, target})
      for (const auto& unit : segmenter.split(side)) ++counts[base::surface_of(side, unit)];
  });
}

}  // namespace noema::transformer

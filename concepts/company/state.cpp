#include "concepts/company/state.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace noema::concepts::company {
namespace {

using nlohmann::json;

[[noreturn]] void damaged() {
  throw base::Error("the layer of company is damaged: its bytes are not what was stored; run `noema check`");
}

void put(std::vector<std::uint8_t>& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

/// Reads what put() wrote.
class Numbers {
 public:
  explicit Numbers(const std::vector<std::uint8_t>& bytes) : next_(bytes.data()), end_(next_ + bytes.size()) {}

  std::uint32_t next() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (next_ == end_) damaged();
      const std::uint8_t byte = *next_++;
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value <= 0xFFFFFFFF ? static_cast<std::uint32_t>(value) : (damaged(), 0);
    }
    damaged();
  }
  bool at_end() const { return next_ == end_; }

 private:
  const std::uint8_t* next_;
  const std::uint8_t* end_;
};

json words_of(const Words& words) {
  json rows = json::array();
  for (Word word = 0; word < words.size(); ++word) {
    const WordEntry& entry = words[word];
    rows.push_back({entry.unit, entry.occurrences, entry.identity, entry.label == entry.identity ? "" : entry.label,
                    entry.informativeness});
  }
  return rows;
}

WordEntry entry_of(const json& row) {
  WordEntry entry{row.at(0).get<ConceptId>(), row.at(1).get<std::uint64_t>(), row.at(2).get<std::string>(),
                  row.at(3).get<std::string>(), row.at(4).get<float>()};
  if (entry.label.empty()) entry.label = entry.identity;
  if (!std::isfinite(entry.informativeness)) damaged();
  return entry;
}

template <typename Read>
auto read_state(std::string_view bytes, const Read& read) {
  try {
    return read(json::from_cbor(bytes));
  } catch (const json::exception&) {
    damaged();
  }
}

}  // namespace

std::string save(const Words& words) {
  const Columns& vectors = words.vectors();
  std::vector<std::uint8_t> steps;
  std::vector<float> scales;
  for (Eigen::Index row = 0; row < vectors.rows(); ++row) {
    const float scale = vectors.row(row).cwiseAbs().maxCoeff() / 127;
    scales.push_back(scale);
    for (Eigen::Index d = 0; d < vectors.cols(); ++d)
      steps.push_back(
          static_cast<std::uint8_t>(static_cast<std::int8_t>(scale > 0 ? std::lround(vectors(row, d) / scale) : 0)));
  }
  const json state{{"units", words.units()},
                   {"words", words_of(words)},
                   {"width", vectors.cols()},
                   {"scales", scales},
                   {"vectors", json::binary(steps)}};
  std::string bytes;
  json::to_cbor(state, bytes);
  return bytes;
}

Words load_words(std::string_view bytes) {
  return read_state(bytes, [](const json& state) {
    std::vector<WordEntry> entries;
    for (const json& row : state.at("words")) entries.push_back(entry_of(row));
    const auto width = state.at("width").get<std::size_t>();
    const auto& scales = state.at("scales");
    const auto& steps = state.at("vectors").get_binary();
    if (width > 65536 || scales.size() != entries.size() || steps.size() != entries.size() * width) damaged();
    Columns vectors(static_cast<Eigen::Index>(entries.size()), static_cast<Eigen::Index>(width));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto scale = scales[i / width].get<float>();
      if (!std::isfinite(scale)) damaged();
      vectors.data()[i] = scale * static_cast<float>(static_cast<std::int8_t>(steps[i]));
    }
    return Words(state.at("units").get<std::uint64_t>(), std::move(entries), std::move(vectors));
  });
}

std::string save(const Associations& associations) {
  std::vector<std::uint8_t> numbers;
  for (Word word = 0; word < associations.words(); ++word) {
    const auto row = associations.after().row(word);
    put(numbers, row.size());
    Word next = 0;
    for (const Cell& cell : row) {
      put(numbers, cell.word - next);
      put(numbers, cell.count);
      next = cell.word + 1;
    }
  }
  std::string bytes;
  json::to_cbor(json{{"words", associations.words()}, {"cells", json::binary(std::move(numbers))}}, bytes);
  return bytes;
}

Associations load_associations(std::string_view bytes) {
  return read_state(bytes, [](const json& state) {
    const auto words = state.at("words").get<std::uint64_t>();
    Numbers numbers(state.at("cells").get_binary());
    CountMatrix after;
    std::vector<Cell> row;
    for (std::uint64_t word = 0; word < words; ++word) {
      row.resize(0);
      std::uint64_t next = 0;
      for (std::uint32_t cells = numbers.next(); cells > 0; --cells) {
        next += numbers.next();
        const std::uint32_t count = numbers.next();
        if (next >= words || count == 0) damaged();
        row.push_back({static_cast<Word>(next++), count});
      }
      after.add_row(row);
    }
    if (!numbers.at_end()) damaged();
    return Associations(std::move(after));
  });
}

}  // namespace noema::concepts::company

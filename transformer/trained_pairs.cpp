#include "transformer/trained_pairs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace noema::transformer {
namespace {

std::uint64_t hash_of(char side, std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  std::string hashed(1, side);
  if (first != std::string_view::npos) hashed += text.substr(first, last - first + 1);
  return std::stoull(base::sha256_hex(hashed).substr(0, 16), nullptr, 16);
}

constexpr std::size_t kLine = 17;  // 16 digits and a line feed

}  // namespace

TrainedPairs::TrainedPairs(std::span<const TextPair> pairs) {
  for (const TextPair& pair : pairs) {
    sides_.push_back(hash_of('s', pair.source));
    sides_.push_back(hash_of('t', pair.target));
  }
  std::sort(sides_.begin(), sides_.end());
  sides_.erase(std::unique(sides_.begin(), sides_.end()), sides_.end());
}

std::filesystem::path TrainedPairs::path_of(const std::filesystem::path& model) { return model.string() + ".pairs"; }

void TrainedPairs::save(const std::filesystem::path& model) const {
  std::string text;
  text.reserve(sides_.size() * kLine);
  for (const std::uint64_t side : sides_) text += fmt::format("{:016x}\n", side);
  base::write_file(path_of(model), text);
}

TrainedPairs TrainedPairs::load(const std::filesystem::path& model) {
  const std::filesystem::path path = path_of(model);
  if (!std::filesystem::exists(path))
    throw base::Error(
        fmt::format("{}: no such file; it says which pairs {} was trained on, and is written beside a "
                    "model by noema train --pairs FILE",
                    path.string(), model.string()));
  const std::string text = base::read_file(path);
  const auto damaged = [&] {
    return base::Error(
        fmt::format("{}: expected lines of 16 hexadecimal digits, ascending; train the model again", path.string()));
  };
  TrainedPairs pairs;
  if (text.size() % kLine != 0) throw damaged();
  for (std::size_t at = 0; at < text.size(); at += kLine) {
    const std::string digits = text.substr(at, kLine - 1);
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos || text[at + kLine - 1] != '\n')
      throw damaged();
    pairs.sides_.push_back(std::stoull(digits, nullptr, 16));
  }
  if (!std::is_sorted(pairs.sides_.begin(), pairs.sides_.end())) throw damaged();
  return pairs;
}

bool TrainedPairs::knows(std::string_view source, std::string_view target) const {
  const auto has = [&](std::uint64_t side) { return std::binary_search(sides_.begin(), sides_.end(), side); };
  return has(hash_of('s', source)) || has(hash_of('t', target));
}

}  // namespace noema::transformer

#include "transformer/unit_vectors.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

std::uint64_t key_of(UnitVectors::Position position, Token token) {
  return std::uint64_t{position} << 32 | static_cast<std::uint32_t>(token);
}

}  // namespace

UnitVectors::UnitVectors(int begin_end, std::vector<Writing> writings, std::vector<float> vectors,
                         std::vector<float> telling)
    : begin_end_(begin_end),
      width_(telling.empty() ? 0 : vectors.size() / telling.size()),
      writings_(std::move(writings)),
      vectors_(std::move(vectors)),
      telling_(std::move(telling)),
      rows_at_(1, -1) {
  base::check(vectors_.size() == width_ * telling_.size(), "every unit has a vector of the same width");
  for (const Writing& writing : writings_) {
    base::check(!writing.tokens.empty() && writing.row < telling_.size(), "a writing has tokens, and a vector");
    Position position = kRoot;
    for (const Token token : writing.tokens) {
      const auto [found, is_new] = next_.try_emplace(key_of(position, token), static_cast<Position>(rows_at_.size()));
      if (is_new) rows_at_.push_back(-1);
      position = found->second;
    }
    std::int64_t& row = rows_at_[position];
    base::check(row < 0 || row == std::int64_t{writing.row}, "no two units are written in the same way");
    row = writing.row;
  }
}

UnitVectors::Position UnitVectors::next(Position position, Token token) const {
  if (position == kNowhere) return kNowhere;
  const auto found = next_.find(key_of(position, token));
  return found == next_.end() ? kNowhere : found->second;
}

std::size_t UnitVectors::bytes() const {
  std::size_t tokens = 0;
  for (const Writing& writing : writings_) tokens += writing.tokens.capacity();
  return (vectors_.capacity() + telling_.capacity()) * sizeof(float) + tokens * sizeof(Token) +
         writings_.capacity() * sizeof(Writing) + next_.size() * 40 + rows_at_.capacity() * sizeof(std::int64_t);
}

UnitTrail::UnitTrail(std::shared_ptr<const UnitVectors> vectors) : vectors_(std::move(vectors)) { clear(); }

void UnitTrail::clear() {
  window_.clear();
  if (!vectors_) return;
  memory_ = {UnitVectors::kRoot, std::vector<float>(vectors_->width())};
  write_row();
}

std::span<const float> UnitTrail::read(std::span<const Token> tokens) {
  if (!vectors_) return {};
  for (const Token token : tokens) read(token);
  return std::span<const float>(window_).last(tokens.size() * width());
}

void UnitTrail::read(Token token) {
  if (vectors_->begins(token)) {
    if (const std::int64_t row = vectors_->row_at(memory_.inside); row >= 0) {  // that unit is complete
      static const auto kKept = static_cast<float>(std::pow(0.5, 1 / kHalfLife));
      const auto known = static_cast<std::uint32_t>(row);
      const std::span<const float> vector = vectors_->vector(known);
      for (std::size_t i = 0; i < vector.size(); ++i)
        memory_.topic[i] = kKept * memory_.topic[i] + vectors_->telling()[known] * vector[i];
    }
    memory_.inside = UnitVectors::kRoot;
  }
  memory_.inside = vectors_->next(memory_.inside, token);
  write_row();
}

/// Appends the row of the token that was read.
void UnitTrail::write_row() {
  const std::size_t width = vectors_->width(), begin = window_.size();
  window_.resize(begin + 2 * width);
  const auto write = [&](std::size_t at, std::span<const float> vector) {
    const float length = std::sqrt(dot(vector.data(), vector.data(), width));
    if (length > 0)
      for (std::size_t i = 0; i < width; ++i) window_[at + i] = vector[i] * kLength / length;
  };
  if (const std::int64_t row = vectors_->row_at(memory_.inside); row >= 0)
    write(begin, vectors_->vector(static_cast<std::uint32_t>(row)));
  write(begin + width, memory_.topic);
}

void UnitTrail::keep(std::size_t last) {
  if (!vectors_) return;
  const std::size_t rows = window_.size() / width(), begin = rows - last - 1;
  base::check(last < rows, "no more is kept than was read");
  window_.erase(window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(begin * width()));
  std::fill_n(window_.begin(), vectors_->width(), 0.F);
}

void UnitTrail::restore(Memory memory, std::vector<float> window) {
  const bool fits = vectors_ ? memory.topic.size() == vectors_->width() && window.size() % width() == 0 &&
                                   (memory.inside == UnitVectors::kNowhere || memory.inside < vectors_->positions())
                             : memory.topic.empty() && window.empty();
  base::check(fits, "a trail is restored with its own vectors");
  memory_ = std::move(memory);
  window_ = std::move(window);
}

}  // namespace noema::transformer

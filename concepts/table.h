#pragma once
// A table by id in which rows come and go: what is gone costs next to nothing, and no id is used twice.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.h"

namespace noema::concepts {

/// Rows by id from 0 on, each where it was made until it is released. A released row reads as a default one and costs
/// half a byte to 8.5 bytes: its page of 16 goes with the last row on it.
template <typename T>
class Table {
 public:
  Table() = default;
  Table(Table&&) noexcept = default;
  Table& operator=(Table&&) noexcept = default;
  Table(const Table& other) { *this = other; }
  Table& operator=(const Table& other) {
    Table copy;
    copy.size_ = other.size_;
    copy.pages_.resize(other.pages_.size());
    for (std::size_t id = 0; id < other.size_; ++id)
      if (other.holds(id)) copy.put(id, T(other[id]));
    return *this = std::move(copy);
  }

  std::size_t size() const { return size_; }
  /// False once the row was released.
  bool holds(std::size_t id) const {
    const auto& page = pages_[id / kRows];
    return page && page->rows[id % kRows];
  }
  const T& operator[](std::size_t id) const {
    static const T none = gone();
    const auto& page = pages_[id / kRows];
    if (!page) return none;
    const auto& row = page->rows[id % kRows];
    return row ? *row : none;
  }
  T& operator[](std::size_t id) {
    base::check(holds(id), "a row that is gone is not written");
    return *pages_[id / kRows]->rows[id % kRows];
  }

  /// Adds a row at the end.
  void push_back(T row) {
    grow(size_ + 1);
    put(size_ - 1, std::move(row));
  }
  /// Makes ids below `size`, those that are new without a row.
  void grow(std::size_t size) {
    size_ = std::max(size_, size);
    pages_.resize((size_ + kRows - 1) / kRows);
  }
  /// Brings a row (back) to an id below size().
  void put(std::size_t id, T row) {
    auto& page = pages_[id / kRows];
    if (!page) {
      page = std::make_unique<Page>();
      ++live_pages_;
    }
    base::check(!page->rows[id % kRows], "a row is made once");
    page->rows[id % kRows] = std::make_unique<T>(std::move(row));
    ++page->live;
    ++live_;
  }
  void release(std::size_t id) {
    auto& page = pages_[id / kRows];
    base::check(page && page->rows[id % kRows], "a row is released once");
    page->rows[id % kRows].reset();
    --live_;
    if (--page->live > 0) return;
    page.reset();
    --live_pages_;
  }
  std::size_t live() const { return live_; }

  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const auto& page : pages_)
      if (page)
        for (const auto& row : page->rows)
          if (row) visit(*row);
  }

  /// Rows, pages and their pointers; not what the rows point to. A function of which rows there are.
  std::uint64_t bytes() const {
    return live_ * (sizeof(T) + kAllocation) + live_pages_ * (sizeof(Page) + kAllocation) +
           pages_.size() * sizeof(pages_[0]);
  }

 private:
  /// What a released row reads as: T::gone() if there is one.
  static T gone() {
    if constexpr (requires { T::gone(); })
      return T::gone();
    else
      return T{};
  }

  static constexpr std::size_t kRows = 16;
  static constexpr std::uint64_t kAllocation = 8;  // what the allocator keeps beside a block
  struct Page {
    std::array<std::unique_ptr<T>, kRows> rows;
    std::size_t live = 0;
  };
  std::vector<std::unique_ptr<Page>> pages_;
  std::size_t size_ = 0;
  std::size_t live_ = 0;
  std::size_t live_pages_ = 0;
};

}  // namespace noema::concepts

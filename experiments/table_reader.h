#pragma once
// One table of an experiment file, read key by key; every mistake is told with file, line and what was expected.

#include <toml++/toml.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ranges.h"

namespace noema::experiments {

/// Throws base::Error: "FILE:LINE: message".
[[noreturn]] void fail(const std::filesystem::path& file, std::uint32_t line, const std::string& message);

/// "did you mean 'steps'? (expected one of: ...)", or the known names alone.
std::string suggestion(std::string_view found, const std::vector<std::string>& known);

/// Remembers which keys exist, and refuses the others at the end. A key that is absent leaves its value as it is; one
/// of another type or out of range throws base::Error. The table and the file's name must outlive it.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string name, const std::filesystem::path& file)
      : table_(table), name_(std::move(name)), file_(file) {}

  void text(const std::string& key, std::string& value);
  void number(const std::string& key, double& value, const base::Range& range);
  template <typename Integer>
  void integer(const std::string& key, Integer& value, const base::Range& range) {
    if (const toml::node* node = find(key))
      value = static_cast<Integer>(integer_of(key, *node, range, "a whole number"));
  }
  /// The same for a value that may be absent.
  void integer(const std::string& key, std::optional<std::int64_t>& value, const base::Range& range);
  void number(const std::string& key, std::optional<double>& value, const base::Range& range);
  void flag(const std::string& key, bool& value);
  /// At least one.
  void integers(const std::string& key, std::vector<std::uint64_t>& values, const base::Range& range);
  void texts(const std::string& key, std::vector<std::string>& values);

  /// The table's keys that nobody asked for are mistakes.
  void finish() const;

  /// Line of `key`, or of the table.
  std::uint32_t line(const std::string& key) const;
  bool has(const std::string& key) const { return table_.get(key) != nullptr; }
  const toml::table* table(const std::string& key);
  std::string full(const std::string& key) const { return name_.empty() ? key : name_ + "." + key; }
  const std::filesystem::path& file() const { return file_; }

 private:
  void note(const std::string& key) { known_.push_back(key); }
  const toml::node* find(const std::string& key) {
    note(key);
    return table_.get(key);
  }
  std::int64_t integer_of(const std::string& key, const toml::node& node, const base::Range& range,
                          const char* expected) const;
  [[noreturn]] void wrong_type(const std::string& key, const toml::node& node, const std::string& expected) const;
  [[noreturn]] void out_of_range(const std::string& key, const toml::node& node, const std::string& found,
                                 const base::Range& range) const;

  const toml::table& table_;
  std::string name_;
  const std::filesystem::path& file_;
  std::vector<std::string> known_;
};

}  // namespace noema::experiments

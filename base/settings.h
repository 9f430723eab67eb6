#pragma once
// Typed settings by name: what a unit behind a registry may be given. A unit lists its keys, each with its default and
// its range; whoever reads settings (a TOML file, NAME{key=value;...}) checks them against the keys.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ranges.h"

namespace noema::base {

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Key {
  std::string name;
  std::string help;  ///< a few words
  Value fallback;    ///< also says of which type the value is
  Range range{0, 1e15};
  bool files = false;  ///< texts that name files

  /// "name = default: help".
  std::string described() const;
};

/// A value of the key's type, within its range. Throws UsageError "NAME is ...; expected ..." otherwise.
Value parse_value(const Key& key, std::string_view text);

/// A value as it is written in a file of settings.
std::string written(const Value& value);

class Settings {
 public:
  Settings() = default;
  /// Every key has its default.
  explicit Settings(const std::vector<Key>& keys);

  bool flag(const std::string& name) const { return std::get<bool>(values_.at(name)); }
  std::size_t count(const std::string& name) const {
    return static_cast<std::size_t>(std::get<std::int64_t>(values_.at(name)));
  }
  double number(const std::string& name) const { return std::get<double>(values_.at(name)); }
  const std::string& text(const std::string& name) const { return std::get<std::string>(values_.at(name)); }
  const std::vector<std::string>& texts(const std::string& name) const {
    return std::get<std::vector<std::string>>(values_.at(name));
  }
  void set(const std::string& name, Value value) { values_[name] = std::move(value); }
  const std::map<std::string, Value>& values() const { return values_; }
  bool operator==(const Settings&) const = default;

 private:
  std::map<std::string, Value> values_;
};

}  // namespace noema::base

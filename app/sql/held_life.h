#pragma once
// A life that is kept open for reading between the calls of one connection.

#include <memory>
#include <optional>
#include <string>

#include "app/actions/senses.h"
#include "memory/file_identity.h"
#include "memory/life.h"
#include "reasoning/mind.h"

namespace noema::app {

/// What takes long to open (the graph, the words' vectors) is opened when it is first asked for and kept until the life
/// has moved on. One thread at a time.
class HeldLife {
 public:
  /// Opens this life, unless it is open and as it was. Throws base::Error if there is none.
  void open(const std::string& path);

  const memory::Life& life() const { return *life_; }
  reasoning::Mind& mind();
  /// Null if thinking has not made the layer of company yet.
  const concepts::company::Words* words();
  /// Throws base::Error if thinking has not made the layer of company yet.
  SenseTeller& senses();

 private:
  struct Stamp {
    std::optional<memory::FileIdentity> file;
    memory::Position log = 0, checkpoint = 0;
    std::uint64_t company_units = 0;
    bool operator==(const Stamp&) const = default;
  };
  Stamp stamp() const;

  std::string path_;
  Stamp stamp_;
  std::unique_ptr<memory::Life> life_;
  std::unique_ptr<reasoning::Mind> mind_;
  std::optional<std::optional<concepts::company::Words>> words_;  ///< looked for; there
  std::unique_ptr<SenseTeller> senses_;
};

}  // namespace noema::app

#include "app/sql/held_life.h"

#include "app/actions/company.h"
#include "app/lives.h"

namespace noema::app {
namespace {

constexpr std::uint64_t kSeed = 1;  // of the senses, as of the command's --seed

}  // namespace

HeldLife::Stamp HeldLife::stamp() const {
  return {memory::identity_of_file(path_), life_->last_position(), life_->checkpoint().position(),
          reasoning::company_stamp(*life_).units};
}

void HeldLife::open(const std::string& path) {
  if (life_ && path == path_ && stamp() == stamp_) return;
  senses_.reset();
  words_.reset();
  mind_.reset();
  life_.reset();
  path_ = path;
  life_ = std::make_unique<memory::Life>(open_to_read(path));
  stamp_ = stamp();
}

reasoning::Mind& HeldLife::mind() {
  if (!mind_) mind_ = std::make_unique<reasoning::Mind>(open_to_read(path_));
  return *mind_;
}

const concepts::company::Words* HeldLife::words() {
  if (!words_) words_.emplace(reasoning::stored_words(*life_));
  return *words_ ? &**words_ : nullptr;
}

SenseTeller& HeldLife::senses() {
  if (senses_) return *senses_;
  if (words() == nullptr) words_of(*life_);  // says what is missing
  senses_ = std::make_unique<SenseTeller>(*life_, **words_, kSeed);
  return *senses_;
}

}  // namespace noema::app

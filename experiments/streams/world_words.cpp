#include "experiments/streams/world_words.h"

namespace noema::experiments {
namespace {

constexpr Word kFemaleNames[] = {
    {"Anna", "安娜"},    {"Mary", "玛丽"},    {"Alice", "爱丽丝"}, {"Emma", "艾玛"},  {"Lucy", "露西"},
    {"Sarah", "莎拉"},   {"Julia", "茱莉亚"}, {"Helen", "海伦"},   {"Laura", "劳拉"}, {"Clara", "克拉拉"},
    {"Diana", "黛安娜"}, {"Eva", "伊娃"},     {"Grace", "格蕾丝"}, {"Irene", "艾琳"}, {"Jane", "简妮"},
    {"Kate", "凯特"},    {"Linda", "琳达"},   {"Martha", "玛莎"},  {"Nora", "诺拉"},  {"Olga", "奥尔加"},
    {"Paula", "葆拉"},   {"Rosa", "罗莎"},    {"Sophie", "苏菲"},  {"Vera", "薇拉"},  {"Amy", "艾米"},
    {"Betty", "贝蒂"},   {"Carol", "卡罗尔"}, {"Dora", "朵拉"},
};

constexpr Word kMaleNames[] = {
    {"John", "约翰"},     {"Peter", "彼得"},      {"Paul", "保罗"},      {"Tom", "汤姆"},      {"David", "大卫"},
    {"Henry", "亨利"},    {"George", "乔治"},     {"James", "詹姆斯"},   {"Robert", "罗伯特"}, {"Daniel", "丹尼尔"},
    {"Martin", "马丁"},   {"Victor", "维克多"},   {"Adam", "亚当"},      {"Bruno", "布鲁诺"},  {"Charles", "查尔斯"},
    {"Edward", "爱德华"}, {"Frank", "弗兰克"},    {"Hugo", "雨果"},      {"Ivan", "伊万"},     {"Jack", "杰克"},
    {"Karl", "卡尔"},     {"Leo", "利奥"},        {"Max", "马克斯"},     {"Oscar", "奥斯卡"},  {"Simon", "西蒙"},
    {"Walter", "沃尔特"}, {"Albert", "阿尔伯特"}, {"Felix", "菲利克斯"},
};

constexpr Word kSurnames[] = {
    {"Wang", "王"}, {"Li", "李"},    {"Zhang", "张"}, {"Liu", "刘"},   {"Chen", "陈"}, {"Yang", "杨"},
    {"Zhao", "赵"}, {"Huang", "黄"}, {"Zhou", "周"},  {"Wu", "吴"},    {"Xu", "徐"},   {"Sun", "孙"},
    {"Ma", "马"},   {"Zhu", "朱"},   {"Hu", "胡"},    {"Guo", "郭"},   {"He", "何"},   {"Lin", "林"},
    {"Gao", "高"},  {"Luo", "罗"},   {"Zheng", "郑"}, {"Liang", "梁"}, {"Xie", "谢"},  {"Tang", "唐"},
};

constexpr Word kFemaleGiven[] = {
    {"Fang", "芳"}, {"Na", "娜"},  {"Min", "敏"},  {"Jing", "静"}, {"Li", "丽"},  {"Yan", "艳"},
    {"Juan", "娟"}, {"Xia", "霞"}, {"Ling", "玲"}, {"Hui", "慧"},  {"Qin", "琴"}, {"Mei", "梅"},
    {"Lan", "兰"},  {"Yue", "月"}, {"Xue", "雪"},  {"Ying", "英"},
};

constexpr Word kMaleGiven[] = {
    {"Wei", "伟"},  {"Qiang", "强"}, {"Lei", "磊"},  {"Jun", "军"},  {"Yong", "勇"}, {"Jie", "杰"},
    {"Tao", "涛"},  {"Ming", "明"},  {"Chao", "超"}, {"Gang", "刚"}, {"Ping", "平"}, {"Hui", "辉"},
    {"Peng", "鹏"}, {"Bin", "斌"},   {"Bo", "波"},   {"Hai", "海"},
};

constexpr Word kPlaces[] = {
    {"London", "伦敦"},   {"Beijing", "北京"},  {"Paris", "巴黎"},    {"Shanghai", "上海"},  {"Rome", "罗马"},
    {"Nanjing", "南京"},  {"Berlin", "柏林"},   {"Chengdu", "成都"},  {"Madrid", "马德里"},  {"Hangzhou", "杭州"},
    {"Vienna", "维也纳"}, {"Suzhou", "苏州"},   {"Moscow", "莫斯科"}, {"Wuhan", "武汉"},     {"Tokyo", "东京"},
    {"Tianjin", "天津"},  {"Boston", "波士顿"}, {"Kunming", "昆明"},  {"Chicago", "芝加哥"}, {"Luoyang", "洛阳"},
    {"Lisbon", "里斯本"}, {"Dalian", "大连"},   {"Athens", "雅典"},   {"Guilin", "桂林"},    {"Cairo", "开罗"},
    {"Delhi", "德里"},    {"Seoul", "首尔"},    {"Prague", "布拉格"}, {"Dublin", "都柏林"},  {"Oslo", "奥斯陆"},
    {"Milan", "米兰"},    {"Geneva", "日内瓦"},
};

constexpr Word kThings[] = {
    {"cup", "杯子", "个"},       {"book", "书", "本"},       {"hat", "帽子", "顶"},   {"umbrella", "伞", "把"},
    {"knife", "刀", "把"},       {"lamp", "灯", "盏"},       {"bag", "包", "个"},     {"coat", "外套", "件"},
    {"clock", "钟", "座"},       {"violin", "小提琴", "把"}, {"box", "盒子", "个"},   {"key", "钥匙", "把"},
    {"mirror", "镜子", "面"},    {"bottle", "瓶子", "个"},   {"shirt", "衬衫", "件"}, {"pen", "笔", "支"},
    {"bicycle", "自行车", "辆"}, {"boat", "小船", "条"},     {"picture", "画", "幅"}, {"kite", "风筝", "只"},
    {"drum", "鼓", "面"},        {"basket", "篮子", "个"},   {"egg", "蛋", "个"},     {"armchair", "扶手椅", "把"},
};

constexpr Word kColours[] = {
    {"red", "红色"},   {"blue", "蓝色"},  {"green", "绿色"}, {"yellow", "黄色"}, {"white", "白色"},
    {"black", "黑色"}, {"brown", "棕色"}, {"grey", "灰色"},  {"orange", "橙色"},
};

constexpr Word kAnimals[] = {
    {"cat", "猫", "只"},      {"dog", "狗", "只"},    {"horse", "马", "匹"}, {"bird", "鸟", "只"},
    {"rabbit", "兔子", "只"}, {"cow", "牛", "头"},    {"sheep", "羊", "只"}, {"mouse", "老鼠", "只"},
    {"duck", "鸭子", "只"},   {"goat", "山羊", "只"},
};

constexpr Word kFurniture[] = {
    {"chair", "椅子", "把"}, {"table", "桌子", "张"}, {"bed", "床", "张"},     {"sofa", "沙发", "张"},
    {"bench", "长凳", "条"}, {"desk", "书桌", "张"},  {"stool", "凳子", "个"}, {"carpet", "地毯", "块"},
};

constexpr Word kPositions[] = {
    {"on", "上"}, {"under", "下面"}, {"behind", "后面"}, {"beside", "旁边"}, {"in front of", "前面"},
};

constexpr Word kFoods[] = {
    {"rice", "米饭"},   {"noodles", "面条"},   {"bread", "面包"},  {"soup", "汤"},
    {"apples", "苹果"}, {"dumplings", "饺子"}, {"tea", "茶"},      {"cake", "蛋糕"},
    {"tofu", "豆腐"},   {"grapes", "葡萄"},    {"cheese", "奶酪"}, {"fish", "鱼"},
};

constexpr Word kVehicles[] = {
    {"by train", "坐火车"}, {"by bus", "坐公共汽车"}, {"by plane", "坐飞机"},
    {"by ship", "坐船"},    {"by car", "开车"},       {"on foot", "走路"},
};

constexpr Word kWeathers[] = {
    {"raining", "下雨"}, {"snowing", "下雪"}, {"windy", "刮风"},
    {"sunny", "晴天"},   {"cloudy", "多云"},  {"foggy", "起雾"},
};

constexpr Job kJobs[] = {
    {{"teacher", "老师"}, {"school", "学校"}},
    {{"doctor", "医生"}, {"hospital", "医院"}},
    {{"nurse", "护士"}, {"hospital", "医院"}},
    {{"farmer", "农民"}, {"farm", "农场"}},
    {{"cook", "厨师"}, {"restaurant", "饭馆"}},
    {{"baker", "面包师"}, {"bakery", "面包店"}},
    {{"judge", "法官"}, {"court", "法院"}},
    {{"merchant", "商人"}, {"market", "市场"}},
    {{"engineer", "工程师"}, {"factory", "工厂"}},
    {{"worker", "工人"}, {"factory", "工厂"}},
    {{"singer", "歌手"}, {"theatre", "剧院"}},
    {{"actor", "演员"}, {"theatre", "剧院"}},
    {{"librarian", "图书管理员"}, {"library", "图书馆"}},
    {{"writer", "作家"}, {"library", "图书馆"}},
    {{"soldier", "士兵"}, {"camp", "军营"}},
    {{"gardener", "园丁"}, {"garden", "花园"}},
};

constexpr SensePhrase kEnglishSenses[] = {
    // bank: of a river, of money
    {"bank", "{p} sat on the bank of the river."},
    {"bank", "Trees grow on the bank of the river in {place}."},
    {"bank", "The boat came to the bank and {p} got out."},
    {"bank", "{p} put the money in the bank."},
    {"bank", "The bank in {place} opens at nine."},
    {"bank", "{p} asked the bank for more money."},
    // spring: season, water, metal
    {"spring", "In spring the flowers are {c}."},
    {"spring", "After winter comes spring, and it is warm in {place}."},
    {"spring", "{p} drank cold water from the spring."},
    {"spring", "The water of the spring is clear."},
    {"spring", "The spring in the clock is made of steel."},
    {"spring", "{p} pressed the spring and it jumped back."},
    // bat: animal, club
    {"bat", "The bat flies at night and sleeps in a cave."},
    {"bat", "{p} saw a {c} bat hanging in the cave."},
    {"bat", "{p} hit the ball with a bat."},
    {"bat", "The wooden bat belongs to the player."},
    // light: lamp, not heavy
    {"light", "{p} turned on the light in the room."},
    {"light", "The light of the moon fell on {place}."},
    {"light", "This bag is light and easy to carry."},
    {"light", "The {c} coat is very light."},
    // letter: mail, alphabet
    {"letter", "{p} wrote a letter to {q}."},
    {"letter", "The letter from {place} came on Monday."},
    {"letter", "The first letter of the alphabet is a."},
    {"letter", "{p} learned to write the letter b."},
    // match: fire, game
    {"match", "{p} lit the fire with a match."},
    {"match", "The match burned and went out."},
    {"match", "{p} won the match against {q}."},
    {"match", "The football match in {place} was long."},
    // bark: dog, tree
    {"bark", "The bark of the old tree is {c}."},
    {"bark", "The loud bark of the dog woke {p}."},
    // right: side, correct
    {"right", "{p} turned right at the church."},
    {"right", "The school is on the right."},
    {"right", "{p} gave the right answer."},
    {"right", "You are right, said {p}."},
    // crane: bird, machine
    {"crane", "The white crane stood in the lake."},
    {"crane", "A crane lifted the heavy stones in {place}."},
};

constexpr SensePhrase kChineseSenses[] = {
    // 道: 路
    {"道", "前面有一条小道。"},
    {"道", "这条道通往{place}。"},
    {"道", "{p}走在山道上。"},
    {"道", "大道两旁都是树。"},
    // 道: 说
    {"道", "{p}说道：“我去{place}。”"},
    {"道", "{p}笑道：“你说得对。”"},
    {"道", "{q}问道：“{p}在哪里？”"},
    {"道", "能说会道的人不少。"},
    // 道: 道理, 学说
    {"道", "道可道，非常道。"},
    {"道", "{p}读《道德经》，想明白道是什么。"},
    {"道", "天之道，利而不害。"},
    {"道", "得道多助，失道寡助。"},
    {"道", "老子和{p}都爱讲道。"},
    // 道: 量词
    {"道", "{p}做了三道菜。"},
    {"道", "老师出了一道题。"},
    {"道", "一道{c}的光照进来。"},
    // 知道
    {"道", "{p}知道这件事。"},
    {"道", "{q}不知道{p}住在哪里。"},
    // 行
    {"行", "{p}把钱存进银行。"},
    {"行", "银行在{place}。"},
    {"行", "三人行，必有我师。"},
    {"行", "{p}步行去学校。"},
    {"行", "{q}说这样不行。"},
    {"行", "纸上写着一行字。"},
    // 花
    {"花", "花园里开着{c}的花。"},
    {"花", "{p}送给{q}一朵花。"},
    {"花", "{p}花了很多钱。"},
    {"花", "去{place}要花三天时间。"},
    // 打
    {"打", "{p}给{q}打电话。"},
    {"打", "孩子们在打球。"},
    {"打", "{p}打开了门。"},
    {"打", "{p}打了一桶水。"},
    // 长
    {"长", "这条河很长。"},
    {"长", "{p}长大了。"},
    {"长", "{q}是校长。"},
    {"长", "草长得很快。"},
    // 重
    {"重", "这个箱子很重。"},
    {"重", "{p}把信重写了一遍。"},
    // 乐
    {"乐", "{p}喜欢音乐。"},
    {"乐", "大家都很快乐。"},
    // 发
    {"发", "{p}的头发是黑的。"},
    {"发", "{p}发现了一个山洞。"},
    {"发", "{q}发了一封信。"},
};

}  // namespace

std::span<const Word> female_names() { return kFemaleNames; }
std::span<const Word> male_names() { return kMaleNames; }
std::span<const Word> surnames() { return kSurnames; }
std::span<const Word> female_given_names() { return kFemaleGiven; }
std::span<const Word> male_given_names() { return kMaleGiven; }
std::span<const Word> place_names() { return kPlaces; }
std::span<const Word> things() { return kThings; }
std::span<const Word> colours() { return kColours; }
std::span<const Word> animals() { return kAnimals; }
std::span<const Word> furniture() { return kFurniture; }
std::span<const Word> positions() { return kPositions; }
std::span<const Word> foods() { return kFoods; }
std::span<const Word> vehicles() { return kVehicles; }
std::span<const Word> weathers() { return kWeathers; }
std::span<const Job> jobs() { return kJobs; }
std::span<const SensePhrase> english_senses() { return kEnglishSenses; }
std::span<const SensePhrase> chinese_senses() { return kChineseSenses; }

}  // namespace noema::experiments

// What the page says, in both languages: Chinese first.

const WORDS = {
  title: ["公众号模拟器", "WeChat simulator"],
  codes: ["二维码", "Codes"],
  people: ["粉丝", "People"],
  stream: ["推送与应答", "Pushes and answers"],
  status: ["状态与故障", "Status and faults"],
  lost: ["模拟器没有应答，正在重新连接……", "The simulator does not answer; trying again…"],
  close: ["关闭", "Close"],

  scene: ["场景值", "Scene"],
  sceneKind: ["类型", "Kind"],
  sceneText: ["文本", "text"],
  sceneNumber: ["数字", "number"],
  lifetime: ["有效期", "Lifetime"],
  forEver: ["永久", "permanent"],
  oneMinute: ["1 分钟", "1 minute"],
  oneHour: ["1 小时", "1 hour"],
  oneDay: ["1 天", "1 day"],
  thirtyDays: ["30 天", "30 days"],
  createCode: ["创建", "Create"],
  noCodes: ["还没有二维码。在上面创建一个，或由您的程序调用 qrcode/create。", "No codes yet. Create one above, or let your program call qrcode/create."],
  permanent: ["永久", "permanent"],
  expired: ["已过期", "expired"],
  expiresIn: ["剩 {0}", "{0} left"],
  copyTicket: ["复制 ticket", "Copy ticket"],
  copied: ["已复制", "Copied"],
  scanAs: ["{0} 扫一扫", "Scan as {0}"],
  enlarge: ["放大", "Enlarge"],
  moreCodes: ["以及更早的 {0} 个", "and {0} earlier ones"],

  newPerson: ["新粉丝的 OpenID，可留空", "OpenID of somebody new, or nothing"],
  add: ["添加", "Add"],
  nobody: ["添加一个人，然后替 TA 扫码、关注、发消息。", "Add somebody, then scan, follow and write in their place."],
  follows: ["已关注", "follows"],
  stranger: ["未关注", "does not follow"],
  follow: ["关注", "Follow"],
  unfollow: ["取消关注", "Unfollow"],
  forget: ["移出列表", "Remove"],
  scan: ["扫码", "Scan"],
  chooseCode: ["选择二维码", "Choose a code"],
  way: ["关注渠道", "How they come"],
  clickMenu: ["点击菜单", "Click menu"],
  menuKey: ["菜单 KEY", "Menu key"],
  write: ["发消息……", "Write a message…"],
  send: ["发送", "Send"],
  waiting: ["等待应答……", "waiting for the answer…"],

  didFollow: ["关注了公众号", "followed the account"],
  didFollowBy: ["扫码关注 · {0}", "followed through code · {0}"],
  didScan: ["扫码 · {0}", "scanned · {0}"],
  didUnfollow: ["取消关注", "unfollowed"],
  didClick: ["点击菜单 · {0}", "clicked menu · {0}"],
  didOther: ["{0}", "{0}"],
  sentImage: ["[图片] {0}", "[picture] {0}"],
  sentVoice: ["[语音] {0}", "[voice] {0}"],
  sentVideo: ["[视频] {0}", "[video] {0}"],
  sentMusic: ["[音乐] {0}", "[music] {0}"],
  handedOver: ["转接客服", "handed over to customer service"],
  sentOther: ["[{0}]", "[{0}]"],
  byService: ["客服消息", "customer-service message"],
  failureHint: ["（服务器没有正确应答）", "(shown to people when a server fails)"],

  showCalls: ["接口调用", "API calls"],
  noStream: ["还没有推送。让粉丝扫码，或让您的程序调用接口。", "Nothing yet. Let somebody scan, or let your program call the API."],
  attempt: ["第 {0} 次", "attempt {0}"],
  sees: ["用户看到", "The person sees"],
  seesNothing: ["无", "nothing"],
  pushXml: ["推送原文", "Push, as XML"],
  answerBody: ["第 {0} 次应答原文 · HTTP {1}", "Answer {0} as it came · HTTP {1}"],
  callDetail: ["请求与应答", "Request and answer"],
  notSent: ["没有配置回调地址，未推送", "not sent: no callback address"],
  stopped: ["连续失败过多，暂停推送 (MarkFail)", "not sent: the server failed too often (MarkFail)"],
  inTransit: ["推送中……", "on its way…"],
  check: ["验证回调地址", "callback check"],
  passed: ["通过", "passed"],
  failed: ["未通过", "failed"],
  fault: ["故障", "fault"],

  "acknowledged": ["已确认，不回复", "acknowledged"],
  "replied": ["已回复", "replied"],
  "answer lost": ["应答丢失", "answer lost"],
  "timed out": ["超时", "timed out"],
  "unreachable": ["连接不上", "unreachable"],
  "connection broken": ["连接中断", "connection broken"],
  "refused": ["拒收", "refused"],

  callback: ["服务器配置", "Callback"],
  callbackUrl: ["回调地址", "Callback address"],
  mode: ["消息加解密方式", "Mode"],
  plain: ["明文模式", "plain"],
  compatible: ["兼容模式", "compatible"],
  safe: ["安全模式", "safe"],
  save: ["保存", "Save"],
  verify: ["验证", "Verify"],
  saved: ["已保存", "Saved"],
  verified: ["验证通过", "The server echoed the text: passed"],
  notVerified: ["验证未通过：服务器没有原样返回 echostr", "Failed: the server did not echo the text exactly"],
  noCallback: ["未配置回调", "no callback"],
  clock: ["时钟", "Clock"],
  realClock: ["真实时钟", "real clock"],
  virtualClock: ["虚拟时钟，由您拨动", "virtual clock, moved by you"],
  plusMinute: ["+1 分钟", "+1 minute"],
  plusHour: ["+1 小时", "+1 hour"],
  plusDay: ["+1 天", "+1 day"],
  account: ["帐号", "Account"],
  followers: ["粉丝", "Followers"],
  permanentMade: ["永久二维码/上限", "Permanent / most"],
  pushes: ["推送（成功/失败）", "Pushes (taken / failed)"],
  calls: ["接口调用（成功/出错）", "Calls (granted / refused)"],
  faults: ["注入故障", "Faults"],
  faultsHint: ["下一次调用将遇到：", "The next call meets:"],
  faultPath: ["接口", "Which call"],
  anyCall: ["任意接口", "any call"],
  timeout: ["超时", "Time-out"],
  reset: ["断开连接", "Reset"],
  clearFaults: ["全部撤销", "Take all back"],
  noFaults: ["没有等待中的故障", "no fault is waiting"],

  ADD_SCENE_SEARCH: ["公众号搜索", "search"],
  ADD_SCENE_PROFILE_CARD: ["名片分享", "shared card"],
  ADD_SCENE_PROFILE_LINK: ["图文内名称点击", "name in an article"],
  ADD_SCENE_QR_CODE: ["扫描二维码", "QR code"],
  ADD_SCENE_WECHAT_ADVERTISEMENT: ["微信广告", "advertisement"],
  ADD_SCENE_CHANNELS: ["视频号", "channels"],
  ADD_SCENE_WXA: ["小程序关注", "mini program"],
  ADD_SCENE_OTHERS: ["其他", "other"],
};

let chinese = (localStorage.getItem("language") ?? navigator.language).startsWith("zh");

/** A text with its places filled; a word that nobody knows is itself. */
export function word(key, ...values) {
  const text = WORDS[key]?.[chinese ? 0 : 1] ?? key;
  return text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)] ?? "");
}

/** A verdict of the platform: what follows a comma is its reason, in English. */
export function verdictWord(verdict) {
  const [kind, ...reason] = verdict.split(", ");
  return [word(kind), ...reason].join(chinese ? "：" : ", ");
}

export function isChinese() {
  return chinese;
}

/** Changes the language and remembers it. */
export function switchLanguage() {
  chinese = !chinese;
  localStorage.setItem("language", chinese ? "zh" : "en");
}

/** Writes every fixed text of the page. */
export function translatePage() {
  document.documentElement.lang = chinese ? "zh-CN" : "en";
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.ariaLabel = word(element.dataset.hint);
    if (element.tagName === "INPUT" && element.dataset.hint !== "callbackUrl") element.placeholder = word(element.dataset.hint);
  }
}

/** A span of seconds in its two greatest units. */
export function span(seconds) {
  const units = [[86400, "天", "d"], [3600, "小时", "h"], [60, "分", "min"], [1, "秒", "s"]];
  const parts = [];
  for (const [size, zh, en] of units) {
    const count = Math.floor(seconds / size);
    if (count > 0 || (size === 1 && parts.length === 0)) parts.push(`${count} ${chinese ? zh : en}`);
    seconds -= count * size;
  }
  return parts.slice(0, 2).join(" ");
}

/** A second as time of day in Beijing, which is what the platform reckons with. */
export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
}

/** A second as day and time in Beijing. */
export function dayAndTime(seconds) {
  return new Date(seconds * 1000).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false }) + " UTC+8";
}

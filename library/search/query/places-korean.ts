// Runs in the engine: cities by their Korean names, as the data of cities spells them in Latin letters. Data.

const pairs = `
서울 Seoul, 부산 Busan, 인천 Incheon, 대구 Daegu, 대전 Daejeon, 광주 Gwangju, 울산 Ulsan, 세종 Sejong, 수원 Suwon,
성남 Seongnam-si, 고양 Goyang-si, 창원 Changwon, 청주 Cheongju-si, 전주 Jeonju, 천안 Cheonan, 제주 Jeju City,
서귀포 Seogwipo, 포항 Pohang, 김해 Kimhae, 춘천 Chuncheon, 강릉 Gangneung, 속초 Sokcho, 원주 Wŏnju, 여수 Yeosu,
순천 Suncheon, 목포 Mokpo, 군산 Gunsan, 경주 Gyeongju, 안동 Andong, 평양 Pyongyang, 도쿄 Tokyo, 동경 Tokyo,
오사카 Osaka, 교토 Kyoto, 요코하마 Yokohama, 나고야 Nagoya, 후쿠오카 Fukuoka, 삿포로 Sapporo, 고베 Kobe, 히로시마 Hiroshima,
나라 Nara-shi, 오키나와 Okinawa, 나하 Naha, 베이징 Beijing, 북경 Beijing, 상하이 Shanghai, 상해 Shanghai, 홍콩 Hong Kong,
마카오 Macau, 타이베이 Taipei, 타이페이 Taipei, 가오슝 Kaohsiung, 광저우 Guangzhou, 선전 Shenzhen, 칭다오 Qingdao,
하노이 Hanoi, 호치민 Ho Chi Minh City, 다낭 Da Nang, 나트랑 Nha Trang, 방콕 Bangkok, 치앙마이 Chiang Mai, 푸켓 Phuket,
싱가포르 Singapore, 쿠알라룸푸르 Kuala Lumpur, 코타키나발루 Kota Kinabalu, 자카르타 Jakarta, 발리 Denpasar, 마닐라 Manila,
세부 Cebu City, 프놈펜 Phnom Penh, 시엠립 Siem Reap, 비엔티안 Vientiane, 양곤 Yangon, 울란바토르 Ulan Bator, 델리 Delhi,
뉴델리 New Delhi, 뭄바이 Mumbai, 카트만두 Kathmandu, 두바이 Dubai, 아부다비 Abu Dhabi, 도하 Doha, 이스탄불 Istanbul,
텔아비브 Tel Aviv, 예루살렘 Jerusalem, 카이로 Cairo, 케이프타운 Cape Town, 나이로비 Nairobi, 카사블랑카 Casablanca, 런던 London,
에든버러 Edinburgh, 더블린 Dublin, 파리 Paris, 니스 Nice, 리옹 Lyon, 마르세유 Marseille, 베를린 Berlin, 뮌헨 Munich,
프랑크푸르트 Frankfurt am Main, 함부르크 Hamburg, 쾰른 Köln, 빈 Vienna, 비엔나 Vienna, 잘츠부르크 Salzburg, 취리히 Zürich,
제네바 Genève, 인터라켄 Interlaken, 로마 Rome, 밀라노 Milan, 베네치아 Venice, 베니스 Venice, 피렌체 Florence, 나폴리 Naples,
바르셀로나 Barcelona, 마드리드 Madrid, 세비야 Sevilla, 그라나다 Granada, 리스본 Lisbon, 포르투 Porto, 아테네 Athens,
프라하 Prague, 부다페스트 Budapest, 바르샤바 Warsaw, 크라쿠프 Kraków, 두브로브니크 Dubrovnik, 암스테르담 Amsterdam,
브뤼셀 Brussels, 코펜하겐 Copenhagen, 스톡홀름 Stockholm, 오슬로 Oslo, 베르겐 Bergen, 헬싱키 Helsinki, 레이캬비크 Reykjavík,
모스크바 Moscow, 블라디보스토크 Vladivostok, 뉴욕 New York City, 보스턴 Boston, 워싱턴 Washington, 시카고 Chicago,
마이애미 Miami, 올랜도 Orlando, 라스베이거스 Las Vegas, 로스앤젤레스 Los Angeles, 샌프란시스코 San Francisco,
샌디에이고 San Diego, 시애틀 Seattle, 호놀룰루 Honolulu, 하와이 Honolulu, 괌 Dededo Village, 밴쿠버 Vancouver, 토론토 Toronto,
몬트리올 Montréal, 퀘벡 Québec, 멕시코시티 Mexico City, 칸쿤 Cancún, 아바나 Havana, 리마 Lima, 쿠스코 Cusco,
상파울루 São Paulo, 리우데자네이루 Rio de Janeiro, 부에노스아이레스 Buenos Aires, 산티아고 Santiago, 시드니 Sydney,
멜버른 Melbourne, 브리즈번 Brisbane, 골드코스트 Gold Coast, 오클랜드 Auckland, 퀸스타운 Queenstown
`;

export const koreanPlaces: Readonly<Record<string, string>> = Object.fromEntries(
  pairs
    .trim()
    .split(/,\s*/)
    .map((pair) => {
      const [korean = '', ...latin] = pair.split(' ');
      return [korean, latin.join(' ')];
    }),
);
